//! What a browser does with our forms: sends files, reads what is wrong, chooses.

use axum::http::Method;
use registry::testing::{Browser, Reply};

/// The summary of what is wrong, for messages of the tests.
pub fn errors(reply: &Reply) -> String {
    let summary = reply.text.split_once("data-summary").map(|(_, rest)| rest);
    summary.and_then(|rest| rest.split("</div>").next()).unwrap_or(&reply.text).to_owned()
}

/// The first real option of a select.
pub fn option_of(page: &Reply, name: &str) -> Option<String> {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\""))?;
    let (options, _) = rest.split_once("</select>")?;
    options
        .split("value=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .find(|value| !value.is_empty())
        .map(str::to_owned)
}

/// A small sound PDF.
pub fn pdf() -> String {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(text.len());
        text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = text.len();
    text.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        text.push_str(&format!("{place:010} 00000 n \n"));
    }
    text.push_str(&format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    text
}

/// Sends a form with a scan in each of these fields.
pub async fn multipart(who: &mut Browser, path: &str, fields: &[(String, String)], files: &[&str]) -> Reply {
    let edge = "----edge";
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    for name in files {
        body.push_str(&format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n{}\r\n",
            pdf()
        ));
    }
    body.push_str(&format!("--{edge}--\r\n"));
    let kind = format!("multipart/form-data; boundary={edge}");
    who.send(Method::POST, path, Some(body), &[("content-type", &kind)]).await
}
