//! A browser of a few lines: it keeps cookies, and sends forms with their token.

use std::collections::BTreeMap;
use std::io::{Read as _, Result, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use uuid::Uuid;

/// The password that everybody chooses.
const OWN: &str = "correct horse battery";

/// A browser on one server.
#[derive(Clone)]
pub struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
    token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub location: String,
    pub text: String,
}

impl Page {
    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    }
}

impl Browser {
    /// A browser without cookies.
    pub fn new(address: &str) -> Browser {
        Browser { address: address.to_owned(), cookies: BTreeMap::new(), token: String::new() }
    }

    /// Opens a page; remembers the token of its forms.
    pub fn try_get(&mut self, path: &str) -> Result<Page> {
        let page = self.send(&self.request("GET", path, None))?;
        if let Some(token) = page.hidden("csrf") {
            self.token = token;
        }
        Ok(page)
    }

    /// The same, where a server is known to be there.
    pub fn get(&mut self, path: &str) -> Page {
        self.try_get(path).expect("a page")
    }

    /// Sends a form with the token of the last page and a command of its own.
    pub fn try_post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Page> {
        let body = self.form(fields);
        self.send(&self.request("POST", path, Some(&body)))
    }

    /// The same, where a server is known to be there.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.try_post(path, fields).expect("an answer")
    }

    /// Sends a form with one file, as a form with file controls is sent.
    pub fn try_upload(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Result<Page> {
        const EDGE: &str = "----edge-of-a-part";
        let command = Uuid::from_u128(rand::random()).to_string();
        let own = [("csrf", self.token.as_str()), ("command", &command)];
        let mut body = Vec::new();
        for (name, value) in own.iter().chain(fields) {
            write!(body, "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")?;
        }
        write!(body, "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"scan\"\r\n")?;
        write!(body, "Content-Type: application/octet-stream\r\n\r\n")?;
        body.extend_from_slice(bytes);
        write!(body, "\r\n--{EDGE}--\r\n")?;
        let head = self.request("POST", path, None);
        let head = head.strip_suffix("\r\n").unwrap_or(&head);
        let mut stream = self.connect()?;
        let length = body.len();
        write!(stream, "{head}Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {length}\r\n\r\n")?;
        stream.write_all(&body)?;
        self.answer(stream)
    }

    /// A form's body, with token and command unless the fields bring one.
    pub fn form(&self, fields: &[(&str, &str)]) -> String {
        let command = Uuid::from_u128(rand::random()).to_string();
        let mut all = vec![("csrf", self.token.as_str())];
        if !fields.iter().any(|(name, _)| *name == "command") {
            all.push(("command", &command));
        }
        all.extend(fields);
        all.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
    }

    /// A request's text, whole.
    pub fn request(&self, method: &str, path: &str, body: Option<&str>) -> String {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        if !cookies.is_empty() {
            text.push_str(&format!("Cookie: {cookies}\r\n"));
        }
        if let Some(body) = body {
            let length = body.len();
            text.push_str(&format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"));
        }
        text + "\r\n" + body.unwrap_or_default()
    }

    /// A connection to the server.
    pub fn connect(&self) -> Result<TcpStream> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(40)))?;
        Ok(stream)
    }

    fn send(&mut self, request: &str) -> Result<Page> {
        let mut stream = self.connect()?;
        stream.write_all(request.as_bytes())?;
        self.answer(stream)
    }

    /// Reads an answer to its end; keeps its cookies.
    pub fn answer(&mut self, mut stream: TcpStream) -> Result<Page> {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let status =
            head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(std::io::ErrorKind::InvalidData)?;
        let mut page = Page { status, location: String::new(), text: String::new() };
        let mut chunked = false;
        for line in head.lines().skip(1) {
            let Some((name, value)) = line.split_once(':') else { continue };
            match (name.to_ascii_lowercase().as_str(), value.trim()) {
                ("location", value) => page.location = value.to_owned(),
                ("transfer-encoding", "chunked") => chunked = true,
                ("set-cookie", value) => self.keep(value),
                _ => {}
            }
        }
        page.text = if chunked { dechunked(&bytes[head.len() + 4..]) } else { body.to_owned() };
        Ok(page)
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Signs in with a first password and changes it, as a new colleague does.
    #[track_caller]
    pub fn first_login(&mut self, login: &str, first: &str) {
        self.get("/login");
        let entered = self.post("/login", &[("login", login), ("password", first)]);
        assert_eq!(entered.status, 303, "{}", entered.text);
        self.get("/me/password");
        let changed = self.post("/me/password", &[("old", first), ("new", OWN), ("again", OWN)]);
        assert_eq!(changed.status, 303, "{}", changed.text);
        self.get("/me");
    }

    /// Signs in once more after [`Self::first_login`].
    #[track_caller]
    pub fn sign_in(&mut self, login: &str) {
        self.get("/login");
        let entered = self.post("/login", &[("login", login), ("password", OWN)]);
        assert_eq!(entered.status, 303, "{}", entered.text);
        self.get("/me");
    }
}

fn dechunked(mut bytes: &[u8]) -> String {
    let mut out = Vec::new();
    while let Some(line) = bytes.iter().position(|b| *b == b'\n') {
        let size = String::from_utf8_lossy(&bytes[..line]);
        let size = usize::from_str_radix(size.trim(), 16).expect("a chunk's size");
        if size == 0 {
            break;
        }
        out.extend_from_slice(&bytes[line + 1..line + 1 + size]);
        bytes = &bytes[line + 1 + size + 2..];
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn escape(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
