//! نسخ الطلبات: cases after the pattern of one that went its way by hand, in great number.
//!
//! For demonstrations of a whole country. A [`Pattern`] is read from the record; a [`Copy`] of it has its
//! own unit, applicant, numbers, codes, days and signed papers, and its events are appended and applied
//! like any others. Working days of the pattern stay working days of the copy, so that deadlines hold.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use catalogue::model::Service;
use foundation::clock::Micros;
use foundation::dates;
use foundation::db::Tx;
use foundation::money::Piastres;
use foundation::numbers::{Kind, Number};
use jiff::civil::Date;
use record::{Draft, Event, RecordError, Stream, SubjectKey};
use registry::citizens;
use serde_json::Value;
use uuid::Uuid;

use super::act::{ActError, open_answers, slip_pin};
use super::events::{Answers, Issued, PaymentCollected, Registered, RequestEvent, STREAM};
use crate::Office;
use crate::numbers;
use crate::papers::{self, Content, Holder};

/// Whole numbers from here on are instants: no amount of money is as large.
const INSTANTS: i64 = 1_000_000_000_000_000;
/// Parts of an event that are left as they are: what was answered tells of the thing, not of the case.
const LEFT: [&str; 3] = ["answers", "values", "assessed"];

/// نمط: a case to make others after.
pub struct Pattern {
    tenant: String,
    unit: String,
    service: Arc<Service>,
    answers: Answers,
    report: Answers,
    personal: Answers,
    begins: Date,
    events: Vec<Step>,
}

/// One event of a pattern.
struct Step {
    event: RequestEvent,
    data: Value,
    at: Micros,
    actor: Option<Uuid>,
}

/// مستفيد: who asks in copies.
#[derive(Clone)]
pub struct Person {
    /// Subject of the personal values.
    pub subject: Uuid,
    /// Their key.
    pub key: SubjectKey,
    holder: Holder,
}

/// نسخة: a case made after a pattern.
pub struct Copy {
    /// Its id.
    pub request: Uuid,
    /// Its competent unit.
    pub unit: String,
    /// Day 0.
    pub begins: Date,
    /// Who asks.
    pub person: Arc<Person>,
    /// How much later in the day than in the pattern its people come.
    pub minutes: i64,
    /// Its number, once it is registered.
    pub number: OnceLock<String>,
}

/// Working days in order, to find the same distance elsewhere.
pub struct Workdays {
    days: Vec<Date>,
}

impl Workdays {
    /// The working days of a calendar between two days.
    pub fn of(calendar: &foundation::calendar::WorkCalendar, from: Date, to: Date) -> Workdays {
        let days = from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to);
        Workdays { days: days.filter(|day| calendar.is_working_day(*day)).collect() }
    }

    /// The day that lies as far from `to` as `day` from `from`, in working days; a day off keeps its distance
    /// from the working day before it. Beyond the days known, calendar days count.
    pub fn moved(&self, day: Date, from: Date, to: Date) -> Date {
        let place = |day: Date| self.days.partition_point(|known| *known <= day);
        let far = (to - from).get_days();
        let plain = day.saturating_add(jiff::Span::new().days(far));
        let (at, origin, target) = (place(day), place(from), place(to));
        let Some(known) = at.checked_sub(1).and_then(|at| self.days.get(at)) else { return plain };
        if at == self.days.len() {
            return plain;
        }
        let index = at as i64 - origin as i64 + target as i64 - 1;
        let same = usize::try_from(index).ok().and_then(|index| self.days.get(index));
        same.map_or(plain, |same| same.saturating_add(day - *known))
    }
}

impl Pattern {
    /// Reads a case from the record.
    ///
    /// # Errors
    /// The record's own; a case without a registration or of an unknown version.
    pub async fn read(office: &Office, tenant: &str, request: Uuid) -> Result<Pattern, ActError> {
        let mut reader = office.db.reader();
        let events = office.record.events(&mut reader, tenant, &Stream::new(STREAM, request)).await?;
        let events = events.iter().map(Step::of).collect::<Result<Vec<_>, RecordError>>()?;
        let Some(RequestEvent::Registered(first)) = events.first().map(|step| &step.event) else {
            return Err(ActError::NoUnit(tenant.to_owned()));
        };
        let first: Registered = (**first).clone();
        let service = office.version(&first.service).ok_or(ActError::NoService)?;
        let key = office.record.keyring().open(&mut reader, tenant, first.applicant.subject).await?;
        let key = key.ok_or(ActError::Erased)?;
        let personal = open_answers(&key, &first.personal)?.onto_paper().clone();
        let (mut answers, mut report) = (first.answers.clone(), Answers::new());
        for step in &events {
            match &step.event {
                RequestEvent::OfficeFilled(filled) => answers.extend(filled.answers.clone()),
                RequestEvent::VisitReported(visit) => report = visit.answers.clone(),
                _ => {}
            }
        }
        let (begins, unit) = (first.received_on, first.unit);
        Ok(Pattern { tenant: tenant.to_owned(), unit, service, answers, report, personal, begins, events })
    }

    /// How many events it has.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Kinds of its events, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.events.iter().map(|step| step.event.kind())
    }

    /// When the nth event of a copy happens.
    pub fn at(&self, nth: usize, copy: &Copy, workdays: &Workdays) -> Option<Micros> {
        self.events.get(nth).map(|step| self.happens(step.at, copy, workdays))
    }

    /// Who did the nth event in the pattern.
    pub fn actor(&self, nth: usize) -> Option<Uuid> {
        self.events.get(nth).and_then(|step| step.actor)
    }

    fn happens(&self, at: Micros, copy: &Copy, workdays: &Workdays) -> Micros {
        self.instant(at, copy, workdays).plus(copy.minutes * Micros::MINUTE)
    }

    fn day(&self, day: Date, copy: &Copy, workdays: &Workdays) -> Date {
        workdays.moved(day, self.begins, copy.begins)
    }

    fn instant(&self, at: Micros, copy: &Copy, workdays: &Workdays) -> Micros {
        let local = dates::local(at);
        dates::instant(self.day(local.date(), copy, workdays), local.time())
    }

    /// The nth event of a copy; draws what it needs. `staff` tells who stands in for whom in the copy's unit.
    ///
    /// # Errors
    /// A full book, a missing key of the governorate, the database's own.
    pub async fn draft(
        &self,
        tx: &mut Tx,
        office: &Office,
        copy: &Copy,
        nth: usize,
        workdays: &Workdays,
        staff: &BTreeMap<Uuid, Uuid>,
    ) -> Result<Draft, ActError> {
        let step = self.events.get(nth).ok_or(ActError::NoService)?;
        let at = self.happens(step.at, copy, workdays);
        let mut words: HashMap<String, String> = HashMap::new();
        words.insert(self.unit.clone(), copy.unit.clone());
        let centre = |unit: &str| registry::units::fixed_centre(unit).to_string();
        words.insert(centre(&self.unit), centre(&copy.unit));
        words.extend(staff.iter().map(|(from, to)| (from.to_string(), to.to_string())));
        let mut data = step.data.clone();
        Change { pattern: self, copy, workdays, words: &words }.change(&mut data);
        match &step.event {
            RequestEvent::Registered(_) => {
                let drawn = numbers::allot(tx, &self.tenant, &copy.unit, Kind::Request, at).await?.to_string();
                let keyring = office.record.keyring();
                let pin = slip_pin(keyring, copy.request);
                data["number"] = drawn.clone().into();
                data["slip"]["token"] = office.ids.token().into();
                data["slip"]["pin"] = super::act::pin_digest(keyring, copy.request, &pin).into();
                data["applicant"]["subject"] = copy.person.subject.to_string().into();
                data["personal"] = super::act::encrypt_answers(&copy.person.key, &self.personal)?;
                // Scans belong to the request that they were handed in with.
                for paper in data["papers"].as_array_mut().into_iter().flatten() {
                    if let Some(paper) = paper.as_object_mut() {
                        paper.remove("files");
                    }
                }
                // Set once: on the embedded database a command runs once.
                let _set = copy.number.set(drawn);
            }
            RequestEvent::PaymentCollected(paid) => self.receipt(tx, office, copy, paid, at, &mut data).await?,
            RequestEvent::Issued(issued) => self.paper(tx, office, copy, issued, at, workdays, &mut data).await?,
            RequestEvent::VisitReported(_) => {
                if let Some(map) = data.as_object_mut() {
                    map.remove("files");
                    map.remove("personal");
                }
            }
            _ => {}
        }
        Ok(Draft { kind: step.event.kind().to_owned(), data })
    }

    /// The unit whose book a number of the pattern came from, as the copy has it.
    fn book<'a>(&self, number: &str, copy: &'a Copy) -> std::borrow::Cow<'a, str> {
        let unit = Number::parse(number).map(Number::unit).unwrap_or_default();
        if unit == self.unit { copy.unit.as_str().into() } else { unit.into() }
    }

    async fn receipt(
        &self,
        tx: &mut Tx,
        office: &Office,
        copy: &Copy,
        paid: &PaymentCollected,
        at: Micros,
        data: &mut Value,
    ) -> Result<(), ActError> {
        let key = office.issuers().key(&self.tenant).ok_or_else(|| ActError::NoIssuingKey(self.tenant.clone()))?;
        let unit = self.book(&paid.receipt, copy);
        let number = numbers::allot(tx, &self.tenant, &unit, Kind::Receipt, at).await?.to_string();
        let receipt = papers::Receipt {
            tenant: &self.tenant,
            unit: &unit,
            number: &number,
            request: copy.number.get().map_or("", String::as_str),
            amount: Piastres(paid.amount.0),
            slip: &paid.slip,
            at,
        };
        let holder = copy.person.holder.clone();
        let signed = documents::sign::sign(&papers::receipt_claims(&self.service, &holder, &receipt), key)?;
        let content = Content { holder, ..Content::default() }.with_signed(&signed.bytes);
        data["personal"] = content.encrypt(&copy.person.key, &number)?;
        data["receipt"] = number.into();
        data["token"] = office.ids.token().into();
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "what a paper is made of")]
    async fn paper(
        &self,
        tx: &mut Tx,
        office: &Office,
        copy: &Copy,
        issued: &Issued,
        at: Micros,
        workdays: &Workdays,
        data: &mut Value,
    ) -> Result<(), ActError> {
        let key = office.issuers().key(&self.tenant).ok_or_else(|| ActError::NoIssuingKey(self.tenant.clone()))?;
        let unit = self.book(&issued.number, copy);
        let status_index = papers::draw_index(tx, &office.ids, &self.tenant).await?;
        let number = numbers::allot(tx, &self.tenant, &unit, Kind::Paper, at).await?.to_string();
        let expires = issued.expires.map(|day| self.day(day, copy, workdays));
        let answers = [&self.report, &self.answers];
        let holder = copy.person.holder.clone();
        let claims = papers::claims(
            &self.service,
            &holder,
            &papers::Signed {
                tenant: &self.tenant,
                unit: &unit,
                number: &number,
                kind: &issued.kind,
                status_index,
                at,
                expires,
                values: &issued.values,
                answers,
            },
        );
        let signed = documents::sign::sign(&claims, key)?;
        let printed = &self.service.output.printed_fields;
        let of_person = self.personal.iter().filter(|(id, _)| printed.contains(id));
        let content = Content {
            holder,
            place: papers::place(&self.service, &issued.values, answers),
            values: of_person.map(|(id, value)| (id.clone(), value.clone())).collect(),
            signed: String::new(),
        }
        .with_signed(&signed.bytes);
        data["personal"] = content.encrypt(&copy.person.key, &number)?;
        data["number"] = number.into();
        data["token"] = office.ids.token().into();
        data["status_index"] = status_index.into();
        Ok(())
    }
}

impl Step {
    fn of(event: &Event) -> Result<Step, RecordError> {
        let read =
            RequestEvent::read(&event.kind, &event.data).map_err(|error| RecordError::Apply(error.to_string()))?;
        Ok(Step { event: read, data: event.data()?, at: event.occurred_at, actor: event.actor })
    }
}

impl Person {
    /// Somebody known, with the key of their values; none if they were erased.
    ///
    /// # Errors
    /// The record's own.
    pub async fn read(office: &Office, tenant: &str, subject: Uuid) -> Result<Option<Person>, RecordError> {
        let found = citizens::find_with_key(&mut office.db.reader(), &office.record, tenant, subject).await?;
        Ok(found.map(|(citizen, key)| Person {
            subject,
            key,
            holder: Holder {
                name: citizen.name.onto_paper().clone(),
                identity: citizen.identity.as_ref().map(|identity| identity.onto_paper().clone()),
                national_id: citizen.identity_kind == Some(citizens::IdentityKind::NationalId),
            },
        }))
    }
}

/// What is other in a copy: unit, people, days.
struct Change<'a> {
    pattern: &'a Pattern,
    copy: &'a Copy,
    workdays: &'a Workdays,
    words: &'a HashMap<String, String>,
}

impl Change<'_> {
    fn change(&self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (_, value) in map.iter_mut().filter(|(name, _)| !LEFT.contains(&name.as_str())) {
                    self.change(value);
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| self.change(value)),
            Value::String(text) => {
                if let Some(other) = self.words.get(text.as_str()) {
                    text.clone_from(other);
                } else if let Some(day) = dates::parse_iso(text) {
                    *text = self.pattern.day(day, self.copy, self.workdays).to_string();
                }
            }
            Value::Number(number) => {
                if let Some(at) = number.as_i64().filter(|at| *at >= INSTANTS) {
                    *value = self.pattern.instant(Micros(at), self.copy, self.workdays).0.into();
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use foundation::calendar::WorkCalendar;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn working_days_keep_their_distance() {
        let calendar = WorkCalendar::new([date(2026, 10, 6)]);
        let workdays = Workdays::of(&calendar, date(2026, 1, 1), date(2026, 12, 31));
        // From a Sunday to a Thursday two days before a holiday.
        let moved = |day| workdays.moved(day, date(2026, 9, 6), date(2026, 10, 1));
        assert_eq!(moved(date(2026, 9, 6)), date(2026, 10, 1));
        assert_eq!(moved(date(2026, 9, 7)), date(2026, 10, 4));
        assert_eq!(moved(date(2026, 9, 9)), date(2026, 10, 7), "over the weekend and the holiday");
        assert_eq!(moved(date(2030, 9, 6)), date(2030, 10, 1), "far away, calendar days count");
    }

    proptest! {
        #[test]
        fn order_and_working_days_are_kept(from in 0_i32..200, to in 0_i32..200, a in 0_i32..60, b in 0_i32..60) {
            let calendar = WorkCalendar::new([date(2026, 4, 12), date(2026, 5, 3)]);
            let day = |n: i32| date(2026, 1, 4).saturating_add(jiff::Span::new().days(n));
            let workdays = Workdays::of(&calendar, day(-30), day(600));
            let works = |d: Date| calendar.is_working_day(d);
            let (from, to) = (calendar.working_day_from(day(from)), calendar.working_day_from(day(to)));
            let at = |n: i32| from.saturating_add(jiff::Span::new().days(n));
            let (first, second) = (workdays.moved(at(a.min(b)), from, to), workdays.moved(at(a.max(b)), from, to));
            prop_assert!(first <= second.saturating_add(jiff::Span::new().days(4)));
            if works(at(a)) {
                let moved = workdays.moved(at(a), from, to);
                prop_assert!(works(moved));
                prop_assert_eq!(calendar.working_days_between(to, moved), calendar.working_days_between(from, at(a)));
            }
        }
    }
}
