//! مركز الرسائل: text messages over SMPP 3.4, bound as transceiver: messages go out and receipts come in on one
//! connection, which is kept and made again when it breaks.
//!
//! A codec of ours ([`pdu`]): the client crate there is brings a name resolver, a second set of TLS roots and
//! an actor of its own for the six commands that are needed here; its codec is what the tests check this
//! one against. An SMS centre is reached through a private line or tunnel: SMPP itself knows no encryption.

mod pdu;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use record::BoxFuture;
use record::outbox::{Arrival, Content, Message, Of, Outcome, Transport, Why};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use self::pdu::{HEADER, Pdu, ReceiptState, Submit, command};
use super::settings::SmppSms;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 2 } else { 20 });
/// How often a silent link is asked whether it stands, and a broken one made again.
const ENQUIRE: Duration = Duration::from_secs(30);

/// Command statuses (5.1.3) that concern the recipient, so that another attempt is of no use.
const HOPELESS: [u32; 4] = [
    0x0000_000b, // ESME_RINVDSTADR
    0x0000_0050, // ESME_RINVDSTTON
    0x0000_0051, // ESME_RINVDSTNPI
    0x0000_0001, // ESME_RINVMSGLEN
];
const THROTTLED: [u32; 2] = [0x0000_0058, 0x0000_0014];

type Answers = Arc<Mutex<HashMap<u32, oneshot::Sender<Pdu>>>>;

/// A link to an SMS centre.
pub struct Smpp {
    settings: SmppSms,
    reports: mpsc::Sender<(Of, Arrival)>,
    session: tokio::sync::Mutex<Option<Arc<Session>>>,
}

/// One bound connection.
struct Session {
    writer: Arc<tokio::sync::Mutex<OwnedWriteHalf>>,
    answers: Answers,
    sequence: AtomicU32,
    reading: JoinHandle<()>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

impl Smpp {
    /// The centre of the configuration; receipts go to `reports`.
    pub fn new(settings: SmppSms, reports: mpsc::Sender<(Of, Arrival)>) -> Self {
        Self { settings, reports, session: tokio::sync::Mutex::new(None) }
    }

    /// Keeps the link bound, so that receipts find it.
    pub async fn keep(self: Arc<Self>) {
        loop {
            match self.session().await {
                Ok(session) => {
                    let asked = session.ask(Pdu::bare(command::ENQUIRE_LINK, 0, 0)).await;
                    if asked.is_none() {
                        self.broken(&session).await;
                    }
                }
                Err(why) => tracing::warn!(%why, "no link to the SMS centre"),
            }
            tokio::time::sleep(ENQUIRE).await;
        }
    }

    /// The link, made if there is none.
    async fn session(&self) -> Result<Arc<Session>, Why> {
        let mut kept = self.session.lock().await;
        if let Some(session) = kept.as_ref().filter(|session| !session.reading.is_finished()) {
            return Ok(session.clone());
        }
        let unreachable = Why::new("the SMS centre cannot be reached");
        let stream = tokio::time::timeout(PATIENCE, TcpStream::connect(&self.settings.server)).await;
        let Ok(Ok(stream)) = stream else { return Err(unreachable) };
        let (reader, writer) = stream.into_split();
        let (answers, writer) = (Answers::default(), Arc::new(tokio::sync::Mutex::new(writer)));
        let reading = tokio::spawn(read(reader, writer.clone(), answers.clone(), self.reports.clone()));
        let session = Arc::new(Session { writer, answers, sequence: AtomicU32::new(0), reading });
        let bind = pdu::bind_transceiver(&self.settings.user, &self.settings.password, 0);
        let bound = session.ask(bind).await.ok_or_else(|| Why::new("the SMS centre did not answer the binding"))?;
        if bound.status != 0 {
            return Err(Why::numbered("the SMS centre refused the binding", bound.status));
        }
        *kept = Some(session.clone());
        Ok(session)
    }

    async fn broken(&self, session: &Arc<Session>) {
        let mut kept = self.session.lock().await;
        if kept.as_ref().is_some_and(|one| Arc::ptr_eq(one, session)) {
            *kept = None;
        }
    }

    async fn send(&self, message: &Message, to: &str, text: &str) -> Outcome {
        let session = match self.session().await {
            Ok(session) => session,
            Err(why) => return Outcome::Later(why),
        };
        let submit = Submit {
            from: &self.settings.from,
            to: to.trim_start_matches('+'),
            text,
            seconds: message.expires_at.since(message.now) / 1_000_000,
            reference: message.id.as_bytes().last().copied().unwrap_or(0),
            payload: self.settings.payload,
        };
        // Of a long message the last part's id counts: it has arrived when its end has.
        let mut id = None;
        for pdu in submit.pdus() {
            let Some(answer) = session.ask(pdu).await else {
                self.broken(&session).await;
                return Outcome::Later(Why::new("the SMS centre did not answer"));
            };
            match answer.status {
                0 => id = pdu::message_id(&answer.body),
                status if HOPELESS.contains(&status) => {
                    return Outcome::Refused(Why::numbered("the SMS centre refused", status));
                }
                status if THROTTLED.contains(&status) => {
                    return Outcome::Later(Why::numbered("the SMS centre is busy", status));
                }
                status => return Outcome::Later(Why::numbered("the SMS centre answered", status)),
            }
        }
        Outcome::Sent(id)
    }
}

impl Transport for Smpp {
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            match &message.content {
                Content::Sms { to, text } => self.send(message, to, text).await,
                _ => Outcome::Refused(Why::new("no text message")),
            }
        })
    }
}

impl Session {
    /// Sends a command and waits for its answer; none if none comes.
    async fn ask(&self, mut pdu: Pdu) -> Option<Pdu> {
        // 1 to 0x7fffffff, then from the beginning (5.1.4).
        pdu.sequence = self.sequence.fetch_add(1, Ordering::Relaxed) % 0x7fff_ffff + 1;
        let (reply, answer) = oneshot::channel();
        self.answers.lock().insert(pdu.sequence, reply);
        let sent = self.writer.lock().await.write_all(&pdu.bytes()).await;
        let answer = match sent {
            Ok(()) => tokio::time::timeout(PATIENCE, answer).await.ok().and_then(Result::ok),
            Err(_) => None,
        };
        self.answers.lock().remove(&pdu.sequence);
        answer
    }
}

/// Reads until the other side ends it: answers go to whoever asked, receipts to the reports.
async fn read(
    mut reader: OwnedReadHalf,
    writer: Arc<tokio::sync::Mutex<OwnedWriteHalf>>,
    answers: Answers,
    reports: mpsc::Sender<(Of, Arrival)>,
) {
    loop {
        let mut header = [0; HEADER];
        if reader.read_exact(&mut header).await.is_err() {
            break;
        }
        let Some((length, mut pdu)) = Pdu::head(&header) else { break };
        pdu.body = vec![0; length];
        if reader.read_exact(&mut pdu.body).await.is_err() {
            break;
        }
        if pdu.command & command::RESPONSE != 0 {
            // A generic_nack is an answer too: its status says why.
            let asked = answers.lock().remove(&pdu.sequence);
            if let Some(asked) = asked {
                let _nobody_waits = asked.send(pdu);
            }
            continue;
        }
        let (status, body) = match pdu.command {
            command::ENQUIRE_LINK | command::UNBIND => (0, Vec::new()),
            command::DELIVER_SM => {
                if let Some(receipt) = pdu::receipt(&pdu.body)
                    && let Some(arrival) = arrival(receipt.state)
                    && reports.send((Of::Provider(receipt.id), arrival)).await.is_err()
                {
                    break;
                }
                // deliver_sm_resp carries an empty message id.
                (0, vec![0])
            }
            // ESME_RINVCMDID
            _ => (3, Vec::new()),
        };
        let answering = if status == 0 { pdu.command | command::RESPONSE } else { command::GENERIC_NACK };
        let answer = Pdu { command: answering, status, sequence: pdu.sequence, body };
        if writer.lock().await.write_all(&answer.bytes()).await.is_err() || pdu.command == command::UNBIND {
            break;
        }
    }
    // Whoever waits learns at once that nothing comes any more.
    answers.lock().clear();
}

fn arrival(state: ReceiptState) -> Option<Arrival> {
    match state {
        ReceiptState::Delivered => Some(Arrival::Delivered),
        ReceiptState::Failed => Some(Arrival::Failed(Why::new("the SMS centre could not deliver it"))),
        ReceiptState::Under => None,
    }
}
