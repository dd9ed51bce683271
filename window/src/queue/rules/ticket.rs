//! A ticket's way (مسار التذكرة): what it adds up to, and what may happen next.

use foundation::clock::Micros;
use jiff::civil::Date;
use uuid::Uuid;

use super::Refusal;
use crate::queue::events::{Taken, TicketEvent};

/// How often a ticket is called before its holder is taken for absent.
pub const CALLS: i64 = 2;

/// How far a ticket is (حالة التذكرة).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In the hall.
    Waiting,
    /// Called to a window.
    Called,
    /// At the window.
    Serving,
    /// Served.
    Served,
    /// Called, and nobody came.
    Missed,
    /// Given up.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Called, Self::Serving, Self::Served, Self::Missed, Self::Cancelled];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Serving => "serving",
            Self::Served => "served",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Ticket (تذكرة).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: Uuid,
    /// How it began; `class` as it is now.
    pub taken: Taken,
    /// How far it is.
    pub state: State,
    /// The window that called it last.
    pub desk: Option<i64>,
    /// How often it was called.
    pub calls: i64,
    /// Called before its turn.
    pub picked: bool,
    /// When it was taken.
    pub taken_at: Micros,
    /// When it was called last.
    pub called_at: Option<Micros>,
    /// When serving began.
    pub began_at: Option<Micros>,
    /// When it was over.
    pub ended_at: Option<Micros>,
    /// Version of its stream.
    pub version: i64,
}

impl Ticket {
    /// The ticket of a first event.
    #[must_use]
    pub const fn new(id: Uuid, taken: Taken, at: Micros) -> Self {
        Self {
            id,
            taken,
            state: State::Waiting,
            desk: None,
            calls: 0,
            picked: false,
            taken_at: at,
            called_at: None,
            began_at: None,
            ended_at: None,
            version: 1,
        }
    }

    /// The ticket after another event; a second beginning changes nothing.
    #[must_use]
    pub fn after(mut self, event: &TicketEvent, at: Micros) -> Self {
        self.version += 1;
        match event {
            TicketEvent::TicketTaken(_) => {}
            TicketEvent::TicketCalled { desk, out_of_turn, .. } => {
                self.picked = self.picked || out_of_turn.is_some();
                self.state = State::Called;
                self.desk = Some(*desk);
                self.calls = 1;
                self.called_at = Some(at);
                self.ended_at = None;
            }
            TicketEvent::TicketRecalled {} => {
                self.calls += 1;
                self.called_at = Some(at);
            }
            TicketEvent::ServingBegan { .. } => {
                self.state = State::Serving;
                self.began_at = Some(at);
            }
            TicketEvent::ServingEnded { .. } => {
                self.state = State::Served;
                self.ended_at = Some(at);
            }
            TicketEvent::TicketMissed {} => {
                self.state = State::Missed;
                self.ended_at = Some(at);
            }
            TicketEvent::TicketCancelled {} => {
                self.state = State::Cancelled;
                self.ended_at = Some(at);
            }
            TicketEvent::TicketMoved { class, .. } => {
                self.state = State::Waiting;
                self.taken.class.clone_from(class);
                self.desk = None;
                self.calls = 0;
                self.called_at = None;
                self.began_at = None;
            }
        }
        self
    }

    /// Whole seconds from `from` to `to`, never less than none.
    fn seconds(from: Micros, to: Micros) -> i64 {
        (to.since(from) / Micros::SECOND).max(0)
    }

    /// Seconds until it was called, so far.
    #[must_use]
    pub fn waited(&self, now: Micros) -> i64 {
        Self::seconds(self.taken_at, self.called_at.or(self.ended_at).unwrap_or(now))
    }

    /// Seconds at the window.
    #[must_use]
    pub fn served(&self) -> Option<i64> {
        Some(Self::seconds(self.began_at?, self.ended_at?))
    }
}

/// What is wanted of a ticket (إجراء).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Call it to a window; a reason if it is not its turn.
    Call {
        /// The window.
        desk: i64,
        /// Why before its turn.
        out_of_turn: Option<String>,
    },
    /// Call it again.
    Recall,
    /// Its holder came.
    Begin,
    /// Its holder was served.
    End,
    /// Nobody came.
    Miss,
    /// Its holder gives it up.
    Cancel,
    /// To another kind of window.
    Move {
        /// Class.
        class: String,
        /// Why.
        reason: String,
    },
}

/// What happens to a ticket.
///
/// # Errors
/// [`Refusal`] when its state does not allow it.
pub fn decide(ticket: &Ticket, wanted: &Wanted, now: Micros) -> Result<TicketEvent, Refusal> {
    use State::{Called, Missed, Serving, Waiting};
    let waited = Ticket::seconds(ticket.taken_at, now);
    let event = match (wanted, ticket.state) {
        (Wanted::Call { desk, out_of_turn: None }, Waiting) => {
            TicketEvent::TicketCalled { desk: *desk, waited, out_of_turn: None }
        }
        // Who was absent and comes after all is called with a reason too.
        (Wanted::Call { desk, out_of_turn: Some(reason) }, Waiting | Missed) => {
            let reason = reason.trim();
            if reason.is_empty() {
                return Err(Refusal::NoReason);
            }
            TicketEvent::TicketCalled { desk: *desk, waited, out_of_turn: Some(reason.to_owned()) }
        }
        (Wanted::Recall, Called) => TicketEvent::TicketRecalled {},
        (Wanted::Begin, Called) => TicketEvent::ServingBegan { waited },
        (Wanted::End, Serving) => {
            TicketEvent::ServingEnded { served: Ticket::seconds(ticket.began_at.unwrap_or(now), now) }
        }
        // Called and gone to without a key: it is served from the call on.
        (Wanted::End, Called) => {
            TicketEvent::ServingEnded { served: Ticket::seconds(ticket.called_at.unwrap_or(now), now) }
        }
        (Wanted::Miss, Called) => TicketEvent::TicketMissed {},
        (Wanted::Cancel, Waiting | Called) => TicketEvent::TicketCancelled {},
        (Wanted::Move { class, reason }, Waiting | Called | Serving) => {
            if super::settings::class(class).is_none() || *class == ticket.taken.class {
                return Err(Refusal::NoClass);
            }
            TicketEvent::TicketMoved { class: class.clone(), reason: reason.trim().to_owned() }
        }
        _ => return Err(Refusal::State),
    };
    Ok(event)
}

/// What one key does next at a window (Alt+N), by the ticket that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// Nothing is at the window: the next one is called.
    Call,
    /// Nobody came yet: it is called again.
    Recall,
    /// Called often enough: it is absent, and the next one is called.
    MissAndCall,
    /// Served: it is over, and the next one is called.
    EndAndCall,
}

/// What the key does.
#[must_use]
pub fn advance(at_window: Option<&Ticket>) -> Advance {
    match at_window {
        Some(ticket) if ticket.state == State::Serving => Advance::EndAndCall,
        Some(ticket) if ticket.state == State::Called && ticket.calls < CALLS => Advance::Recall,
        Some(ticket) if ticket.state == State::Called => Advance::MissAndCall,
        _ => Advance::Call,
    }
}

/// The day of a ticket and its place in it.
#[must_use]
pub fn number(class: &str, serial: i64) -> String {
    format!("{class}{serial:03}")
}

/// Whether a ticket is of this day.
#[must_use]
pub fn is_of(ticket: &Ticket, day: Date) -> bool {
    ticket.taken.day == day
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::queue::events::Source;

    fn ticket() -> Ticket {
        let taken = Taken {
            centre: Uuid::nil(),
            unit: "01-D07".into(),
            day: date(2026, 11, 22),
            class: "A".into(),
            number: "A001".into(),
            token: "T".into(),
            priority: String::new(),
            rank: Micros(0),
            source: Source::Kiosk,
            booking: None,
        };
        Ticket::new(Uuid::nil(), taken, Micros(0))
    }

    fn wanted() -> impl Strategy<Value = Wanted> {
        prop_oneof![
            (1..9_i64, prop::option::of("[ ]{0,2}[a-z]{0,3}"))
                .prop_map(|(desk, out_of_turn)| Wanted::Call { desk, out_of_turn }),
            Just(Wanted::Recall),
            Just(Wanted::Begin),
            Just(Wanted::End),
            Just(Wanted::Miss),
            Just(Wanted::Cancel),
            "[A-F]".prop_map(|class| Wanted::Move { class, reason: "r".into() }),
        ]
    }

    proptest! {
        /// Whatever is asked for, a ticket is at a window exactly while it is called or served, times do not run
        /// backwards, and what is over stays over but for one who comes late and is called with a reason.
        #[test]
        fn a_ticket_stays_sound(steps in prop::collection::vec((wanted(), 0..600_i64), 0..40)) {
            let mut ticket = ticket();
            let mut now = Micros(0);
            for (wanted, gap) in steps {
                now = now.plus_seconds(gap);
                let before = ticket.clone();
                let Ok(event) = decide(&ticket, &wanted, now) else { continue };
                ticket = ticket.after(&event, now);
                prop_assert_eq!(ticket.version, before.version + 1);
                prop_assert_eq!(&ticket.taken.number, &before.taken.number);
                prop_assert_eq!(ticket.taken.rank, before.taken.rank);
                prop_assert!(!matches!(before.state, State::Served | State::Cancelled));
                if before.state == State::Missed {
                    let with_reason = matches!(&event, TicketEvent::TicketCalled { out_of_turn: Some(why), .. } if !why.is_empty());
                    prop_assert!(with_reason);
                }
                if matches!(ticket.state, State::Called | State::Serving) {
                    prop_assert!(ticket.desk.is_some() && ticket.calls > 0);
                }
                if let TicketEvent::ServingEnded { served } = event { prop_assert!(served >= 0); }
                prop_assert!(ticket.waited(now) >= 0);
            }
        }

        /// One key leads every ticket through: two calls, then it is absent.
        #[test]
        fn the_key_ends_by_itself(comes in 0..4_u8) {
            let mut ticket = ticket();
            let mut now = Micros(0);
            ticket = { let e = decide(&ticket, &Wanted::Call { desk: 1, out_of_turn: None }, now).expect("waits"); ticket.after(&e, now) };
            for press in 0..4_u8 {
                now = now.plus_seconds(30);
                if press == comes {
                    let e = decide(&ticket, &Wanted::Begin, now);
                    if let Ok(e) = e { ticket = ticket.after(&e, now); }
                }
                let wanted = match advance(Some(&ticket)) {
                    Advance::Call => break,
                    Advance::Recall => Wanted::Recall,
                    Advance::MissAndCall => Wanted::Miss,
                    Advance::EndAndCall => Wanted::End,
                };
                let e = decide(&ticket, &wanted, now).expect("the key offers what is possible");
                ticket = ticket.after(&e, now);
            }
            let wanted = if comes < 2 { State::Served } else { State::Missed };
            prop_assert_eq!(ticket.state, wanted);
        }
    }
}
