//! An SMS centre that throttles, breaks off, and sends receipts doubled and out of order. It speaks with a codec
//! of another's ([`rusmpp`]), so that ours is not its own judge.

use std::sync::Arc;

use foundation::testing::engines;
use futures::{SinkExt as _, StreamExt as _};
use parking_lot::Mutex;
use record::outbox::{Channel, Outcome, Transport as _, Why};
use rusmpp::pdus::{BindTransceiverResp, DeliverSm, SubmitSm, SubmitSmResp};
use rusmpp::tlvs::MessageDeliveryRequestTlvValue as Tlv;
use rusmpp::tokio_codec::CommandCodec;
use rusmpp::types::{COctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, MessageState};
use rusmpp::{Command, CommandStatus, Pdu};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_util::codec::Framed;

use super::super::settings::SmppSms;
use super::super::smpp::Smpp;
use super::{Ground, TEXT, message, sms};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Fine,
    Says(CommandStatus),
    /// Breaks off instead of answering.
    BreaksOff,
    /// Takes it and never answers.
    Silent,
}

#[derive(Clone, Default)]
struct Centre {
    moods: Arc<Mutex<Vec<Mood>>>,
    taken: Arc<Mutex<Vec<SubmitSm>>>,
    bindings: Arc<Mutex<usize>>,
    /// What it sends of itself after the answer to a message.
    receipts: Arc<Mutex<Vec<(String, MessageState)>>>,
    answered: Arc<Mutex<usize>>,
}

impl Centre {
    async fn start(&self, moods: &[Mood]) -> SmppSms {
        *self.moods.lock() = moods.iter().rev().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
        let server = listener.local_addr().expect("an address").to_string();
        let centre = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(centre.clone().talk(stream));
            }
        });
        SmppSms { server, user: "shubbak".into(), password: "secret".into(), from: "SHUBBAK".into(), payload: false }
    }

    async fn talk(self, stream: TcpStream) -> Option<()> {
        let mut line = Framed::new(stream, CommandCodec::new());
        while let Some(Ok(command)) = line.next().await {
            let sequence = command.sequence_number;
            let ok = |pdu: Pdu| Command::new(CommandStatus::EsmeRok, sequence, pdu);
            match command.pdu() {
                Some(Pdu::BindTransceiver(bind)) => {
                    let known = bind.system_id.as_str() == "shubbak" && bind.password.as_str() == "secret";
                    let status = if known { CommandStatus::EsmeRok } else { CommandStatus::EsmeRinvpaswd };
                    *self.bindings.lock() += 1;
                    let pdu = Pdu::BindTransceiverResp(BindTransceiverResp::default());
                    line.send(Command::new(status, sequence, pdu)).await.ok()?;
                }
                Some(Pdu::EnquireLink) => line.send(ok(Pdu::EnquireLinkResp)).await.ok()?,
                Some(Pdu::SubmitSm(submit)) => {
                    let mood = self.moods.lock().pop().unwrap_or(Mood::Fine);
                    match mood {
                        Mood::BreaksOff => return None,
                        Mood::Silent => continue,
                        Mood::Says(status) => {
                            let pdu = Pdu::SubmitSmResp(SubmitSmResp::default());
                            line.send(Command::new(status, sequence, pdu)).await.ok()?;
                        }
                        Mood::Fine => {
                            self.taken.lock().push(submit.clone());
                            let id = format!("c{}", self.taken.lock().len());
                            let id = COctetString::from_string(id).expect("an id");
                            line.send(ok(Pdu::SubmitSmResp(SubmitSmResp::new(id, Vec::new())))).await.ok()?;
                            let receipts = std::mem::take(&mut *self.receipts.lock());
                            for (at, (id, state)) in receipts.into_iter().enumerate() {
                                let pdu = Pdu::DeliverSm(receipt(&id, state, at % 2 == 0));
                                line.send(Command::new(CommandStatus::EsmeRok, 900 + at as u32, pdu)).await.ok()?;
                            }
                        }
                    }
                }
                Some(Pdu::DeliverSmResp(_)) => *self.answered.lock() += 1,
                _ => {}
            }
        }
        None
    }
}

/// A receipt with optional parameters, or as the text alone.
fn receipt(id: &str, state: MessageState, parameters: bool) -> DeliverSm {
    let esm_class = EsmClass::from(0x04);
    let word = if state == MessageState::Delivered { "DELIVRD" } else { "UNDELIV" };
    let text =
        format!("id:{id} sub:001 dlvrd:001 submit date:2611210930 done date:2611210931 stat:{word} err:000 text:");
    let text = if parameters { String::new() } else { text };
    let tlvs = if parameters {
        let id = COctetString::from_string(id.to_owned()).expect("an id");
        vec![Tlv::ReceiptedMessageId(id), Tlv::MessageState(state)]
    } else {
        Vec::new()
    };
    let builder = DeliverSm::builder().esm_class(esm_class);
    builder.short_message(OctetString::from_string(text).expect("short")).tlvs(tlvs).build()
}

/// The texts of messages as a phone puts them together.
fn read(taken: &[SubmitSm]) -> String {
    let mut text = Vec::new();
    for submit in taken {
        assert_eq!(submit.data_coding, DataCoding::Ucs2);
        assert_eq!(submit.destination_addr.as_str(), "201001234567");
        let bytes: &[u8] = submit.short_message().as_ref();
        assert!(bytes.len() <= 140, "{}", bytes.len());
        let is_part = u8::from(submit.esm_class) & 0x40 != 0;
        let body = if is_part { &bytes[usize::from(bytes[0]) + 1..] } else { bytes };
        text.extend(body.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])));
    }
    String::from_utf16(&text).expect("UTF-16")
}

/// Until what comes of itself has come.
async fn until(mut is: impl AsyncFnMut() -> bool) {
    while !is().await {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn throttled_and_broken_off_it_still_goes_and_receipts_in_any_order_count_once() {
    for test in engines().await {
        let centre = Centre::default();
        let moods = [Mood::Says(CommandStatus::EsmeRthrottled), Mood::BreaksOff, Mood::Silent];
        let settings = centre.start(&moods).await;
        let (report, mut reports) = mpsc::channel(10);
        let ground = Ground::new(test, Channel::Sms, Arc::new(Smpp::new(settings, report)));
        // The end of a message of two parts, before and after other words of it, and nobody's.
        *centre.receipts.lock() = vec![
            ("c2".into(), MessageState::Delivered),
            ("c2".into(), MessageState::Undeliverable),
            ("c2".into(), MessageState::Delivered),
            ("zz".into(), MessageState::Delivered),
        ];
        let post = ground.post.clone();
        let noting = tokio::spawn(async move {
            while let Some((of, arrival)) = reports.recv().await {
                post.report(of, arrival).await.expect("is noted");
            }
        });
        let state = ground.through(1, sms(TEXT)).await;
        assert!(["sent", "delivered"].contains(&state.as_str()), "{state}: {}", ground.error(1).await);
        until(async || ground.state(1).await == "delivered" && *centre.answered.lock() == 4).await;
        let taken = centre.taken.lock().clone();
        assert_eq!((read(&taken).as_str(), taken.len()), (TEXT, 2));
        let headers: Vec<Vec<u8>> = taken.iter().map(|submit| submit.short_message().as_ref()[..6].to_vec()).collect();
        assert_eq!(headers, [[5, 0, 3, 1, 2, 1], [5, 0, 3, 1, 2, 2]]);
        assert!(*centre.bindings.lock() >= 3, "the link was made anew");
        noting.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn short_long_and_latin_texts_as_the_centre_reads_them() {
    let centre = Centre::default();
    let settings = centre.start(&[]).await;
    let (report, _reports) = mpsc::channel(10);
    let smpp = Smpp::new(settings.clone(), report.clone());
    assert_eq!(smpp.deliver(&message(1, sms("رمز الدخول: 482913"))).await, Outcome::Sent(Some("c1".into())));
    let whole = Smpp::new(SmppSms { payload: true, from: "15330".into(), ..settings }, report);
    assert_eq!(whole.deliver(&message(2, sms(TEXT))).await, Outcome::Sent(Some("c2".into())));
    assert_eq!(whole.deliver(&message(3, sms("Code 482913"))).await, Outcome::Sent(Some("c3".into())));
    let taken = centre.taken.lock().clone();
    assert_eq!(read(&taken[..1]), "رمز الدخول: 482913");
    assert_eq!(taken[0].validity_period.as_str(), "000000001000000R", "ten minutes, then it is worthless");
    assert_eq!((u8::from(taken[0].source_addr_ton), u8::from(taken[1].source_addr_ton)), (5, 1));
    assert_eq!((taken[1].short_message().len(), taken[1].tlvs().len()), (0, 1));
    assert_eq!(taken[2].data_coding, DataCoding::McSpecific);
    assert_eq!(taken[2].short_message().to_str(), Ok("Code 482913"));
    assert_eq!(*centre.bindings.lock(), 2, "a link is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_is_refused_and_a_wrong_password_waits() {
    let centre = Centre::default();
    let settings = centre.start(&[Mood::Says(CommandStatus::EsmeRinvdstadr)]).await;
    let (report, _reports) = mpsc::channel(10);
    let outcome = Smpp::new(settings.clone(), report.clone()).deliver(&message(1, sms("س"))).await;
    assert_eq!(outcome, Outcome::Refused(Why::numbered("the SMS centre refused", 0x0b)));
    let wrong = Smpp::new(SmppSms { password: "wrong".into(), ..settings.clone() }, report.clone());
    let outcome = wrong.deliver(&message(2, sms("س"))).await;
    assert_eq!(outcome, Outcome::Later(Why::numbered("the SMS centre refused the binding", 0x0e)));
    let away = Smpp::new(SmppSms { server: "127.0.0.1:1".into(), ..settings }, report);
    let outcome = away.deliver(&message(3, sms("س"))).await;
    assert_eq!(outcome, Outcome::Later(Why::new("the SMS centre cannot be reached")));
}
