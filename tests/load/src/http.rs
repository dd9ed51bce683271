//! A small HTTP/1.1 client with keep-alive: one connection, bytes in, bytes out.
//!
//! It costs little, so that the measured time is the server's.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// What came back.
#[derive(Debug, Default)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// `Location`, empty if there is none.
    pub location: String,
    /// Cookies set: name and value; an empty value forgets it.
    pub cookies: Vec<(String, String)>,
    /// The page.
    pub text: String,
}

impl Reply {
    /// The value of the first hidden field of this name.
    pub fn hidden(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next()
    }

    /// The summary of what is wrong on a page that refuses, without its tags.
    pub fn wrong(&self) -> String {
        let from = self.text.split_once("data-summary").map_or(self.text.as_str(), |(_, rest)| rest);
        let mut inside = false;
        let mut plain = String::new();
        for letter in from.chars().take(4_000) {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                other if !inside && !other.is_control() => plain.push(other),
                _ => {}
            }
        }
        plain.chars().take(400).collect()
    }
}

/// A connection that stays open.
pub struct Connection {
    address: SocketAddr,
    source: Option<IpAddr>,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    /// To this address; it connects with the first request.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, source: None, stream: None, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// The same from an address of its own.
    pub fn from(address: SocketAddr, source: IpAddr) -> Self {
        Self { source: Some(source), ..Self::new(address) }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str, cookie: &str) -> Result<Reply> {
        self.send("GET", path, cookie, None).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, cookie: &str, body: &str) -> Result<Reply> {
        self.send("POST", path, cookie, Some(body)).await
    }

    async fn send(&mut self, method: &str, path: &str, cookie: &str, body: Option<&str>) -> Result<Reply> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        if !cookie.is_empty() {
            request.push_str(&format!("cookie: {cookie}\r\n"));
        }
        if let Some(body) = body {
            request.push_str("content-type: application/x-www-form-urlencoded\r\n");
            request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        } else {
            request.push_str("\r\n");
        }
        if self.stream.is_none() {
            let socket = TcpSocket::new_v4()?;
            if let Some(source) = self.source {
                socket.bind(SocketAddr::new(source, 0))?;
            }
            let stream = socket.connect(self.address).await.context("the server does not answer")?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
            self.buffer.clear();
        }
        let stream = self.stream.as_mut().context("connected just now")?;
        stream.write_all(request.as_bytes()).await?;
        let reply = read(stream, &mut self.buffer).await;
        if reply.as_ref().map_or(true, |(_, close)| *close) {
            self.stream = None;
        }
        Ok(reply?.0)
    }
}

/// Reads one answer, and whether the server closes after it.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<(Reply, bool)> {
    let head = loop {
        if let Some(at) = find(buffer, b"\r\n\r\n") {
            break at;
        }
        more(stream, buffer).await?;
    };
    let (mut reply, mut length, mut chunked, mut close) = (Reply::default(), 0, false, false);
    let text = String::from_utf8_lossy(&buffer[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).context("no status line")?;
    reply.status = status.parse()?;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse()?,
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => close = value.eq_ignore_ascii_case("close"),
            "location" => reply.location = value.to_owned(),
            "set-cookie" => {
                let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
                reply.cookies.extend(pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            _ => {}
        }
    }
    buffer.drain(..head + 4);
    let body = if chunked { chunks(stream, buffer).await? } else { take(stream, buffer, length).await? };
    reply.text = String::from_utf8_lossy(&body).into_owned();
    Ok((reply, close))
}

async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let at = loop {
            if let Some(at) = find(buffer, b"\r\n") {
                break at;
            }
            more(stream, buffer).await?;
        };
        let size = usize::from_str_radix(String::from_utf8_lossy(&buffer[..at]).trim(), 16)?;
        buffer.drain(..at + 2);
        let chunk = take(stream, buffer, size + 2).await?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

async fn take(stream: &mut TcpStream, buffer: &mut Vec<u8>, length: usize) -> Result<Vec<u8>> {
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    Ok(buffer.drain(..length).collect())
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    if stream.read_buf(buffer).await? == 0 {
        bail!("the server hung up in the middle of an answer");
    }
    Ok(())
}

fn find(buffer: &[u8], what: &[u8]) -> Option<usize> {
    buffer.windows(what.len()).position(|window| window == what)
}

/// A form as it travels.
pub fn form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut body = String::new();
    for (name, value) in pairs {
        if !body.is_empty() {
            body.push('&');
        }
        escape(&mut body, name);
        body.push('=');
        escape(&mut body, value);
    }
    body
}

fn escape(body: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            body.push(char::from(byte));
        } else {
            body.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_escaped() {
        assert_eq!(form([("a", "1 & 2"), ("b", "م")]), "a=1%20%26%202&b=%D9%85");
    }
}
