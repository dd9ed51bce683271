//! A mail server that says no, waits, hangs and drops the line.

use std::sync::Arc;

use foundation::testing::engines;
use parking_lot::Mutex;
use record::outbox::{Channel, Content, Outcome, Transport as _, Why};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::super::settings::Mail;
use super::super::smtp::Smtp;
use super::{Ground, message};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Fine,
    /// 4xx or 5xx at the recipient.
    Says(u16),
    /// No word after the greeting.
    Hangs,
    /// The letter is taken, and the line dropped before the word that says so.
    DropsAfterData,
}

#[derive(Clone, Default)]
struct Server {
    moods: Arc<Mutex<Vec<Mood>>>,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server with a mood for each connection, fine after the last; gives its mail settings.
    async fn start(&self, moods: &[Mood]) -> Mail {
        *self.moods.lock() = moods.iter().rev().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let port = listener.local_addr().expect("an address").port();
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = server.moods.lock().pop().unwrap_or(Mood::Fine);
                tokio::spawn(server.clone().talk(stream, mood));
            }
        });
        Mail {
            host: "127.0.0.1".into(),
            port,
            tls: "none".into(),
            login: None,
            from: "شُبّاك <shubbak@example.gov.eg>".into(),
        }
    }

    async fn talk(self, stream: TcpStream, mood: Mood) -> Option<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 test ESMTP\r\n").await.ok()?;
        if mood == Mood::Hangs {
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.ok()?;
            return None;
        }
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let verb = line.split_whitespace().next().unwrap_or_default().to_uppercase();
            let answer = match (verb.as_str(), mood) {
                ("EHLO", _) => "250-test\r\n250 8BITMIME".to_owned(),
                // The words repeat the address, as servers do.
                ("RCPT", Mood::Says(number)) => format!("{number} {} is not here", line.trim()),
                ("QUIT", _) => "221 bye".to_owned(),
                ("DATA", _) => {
                    stream.write_all(b"354 go on\r\n").await.ok()?;
                    let mut letter = String::new();
                    while !letter.ends_with("\r\n.\r\n") {
                        stream.read_line(&mut letter).await.ok()?;
                    }
                    self.letters.lock().push(letter);
                    if mood == Mood::DropsAfterData {
                        return None;
                    }
                    "250 taken".to_owned()
                }
                _ => "250 ok".to_owned(),
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
    }
}

fn letter() -> Content {
    Content::Email {
        to: "mona@example.org".into(),
        subject: "قُيد طلبك رقم 101301260001237".into(),
        text: "قُيد طلبك «أ & ب».\n\nتابع من هنا:\nhttps://shubbak.gov.eg/T/ABCD".into(),
    }
}

fn id_of(letter: &str) -> String {
    let line = letter.lines().find(|line| line.to_lowercase().starts_with("message-id:"));
    line.expect("a message id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_sent_once_or_again_under_the_same_id() {
    for test in engines().await {
        let server = Server::default();
        let moods = [Mood::Says(451), Mood::Hangs, Mood::DropsAfterData];
        let mail = server.start(&moods).await;
        let ground = Ground::new(test, Channel::Email, Arc::new(Smtp::new(mail).expect("a server")));
        assert_eq!(ground.through(1, letter()).await, "sent");
        assert_eq!(ground.error(1).await, "");
        let letters = server.letters.lock().clone();
        assert_eq!(letters.len(), 2, "dropped after the data: at least once");
        assert_eq!(id_of(&letters[0]), id_of(&letters[1]));
        assert!(id_of(&letters[0]).ends_with("@example.gov.eg>"));
        for part in [
            "Auto-Submitted: auto-generated",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            // Of the attempt: the first two came to nothing.
            "Date: Sat, 21 Nov 2026 11:30:00 +0000",
        ] {
            assert!(letters[0].contains(part), "{part}: {}", letters[0]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_end_it_and_keep_no_address() {
    for test in engines().await {
        let server = Server::default();
        let mail = server.start(&[Mood::Says(550)]).await;
        let ground = Ground::new(test, Channel::Email, Arc::new(Smtp::new(mail).expect("a server")));
        assert_eq!(ground.through(1, letter()).await, "failed");
        assert_eq!(ground.error(1).await, "the mail server refused 550");
        let bad = Content::Email { to: "no address".into(), subject: "s".into(), text: "t".into() };
        assert_eq!(ground.through(2, bad).await, "failed");
        // Nobody listens any more: tried until it is given up.
        let gone = Mail { port: 1, ..server.start(&[]).await };
        let away = Smtp::new(gone).expect("a server");
        let outcome = away.deliver(&message(3, letter())).await;
        assert!(matches!(outcome, Outcome::Later(_)), "{outcome:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_login_waits_and_a_server_that_answers_is_seen() {
    let server = Server::default();
    let mail = server.start(&[Mood::Fine, Mood::Says(535)]).await;
    let smtp = Smtp::new(mail).expect("a server");
    assert!(smtp.answers().await.expect("answers"));
    let outcome = smtp.deliver(&message(1, letter())).await;
    assert_eq!(outcome, Outcome::Later(Why::numbered("the mail server refused the login", 535)));
    // A line cannot be smuggled in with a subject.
    let forged = Content::Email { to: "a@b.example".into(), subject: "x\r\nBcc: c@d.example".into(), text: "t".into() };
    let _any = smtp.deliver(&message(2, forged)).await;
    assert!(server.letters.lock().iter().all(|letter| !letter.contains("\r\nBcc:")));
}
