//! What makes a freeze, and whom it meets. Pure.

use catalogue::model::{OutputKind, Service};
use foundation::geo::{Point, Ring};
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use super::events::{FreezeEvent, Treatment};
use crate::place::UnitPath;

/// Months that a freeze lasts at most: Law 119/2008, article 15.
const MOST_MONTHS: i64 = 6;

/// A freeze as it stands (وقف ترخيص).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// Its id.
    pub id: Uuid,
    /// Governorate.
    pub tenant: String,
    /// The unit, with all below it.
    pub unit: String,
    /// Number of the decision.
    pub decision: String,
    /// Its day.
    pub dated: Date,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Codes of services.
    pub services: Vec<String>,
    /// Codes of groups.
    pub groups: Vec<String>,
    /// The area; none = the whole unit.
    pub ring: Option<Ring>,
    /// Where, in words.
    pub place: String,
    /// Why.
    pub reason: String,
    /// What becomes of requests.
    pub treatment: Treatment,
    /// The day from which on it no longer holds, with the decision that lifted it.
    pub lifted: Option<(Date, String)>,
    /// Version of its stream.
    pub version: i64,
}

/// A freeze to be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Number of the decision.
    pub decision: String,
    /// Its day.
    pub dated: Date,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Codes of services.
    pub services: Vec<String>,
    /// Codes of groups.
    pub groups: Vec<String>,
    /// The area.
    pub ring: Option<Ring>,
    /// Where, in words.
    pub place: String,
    /// Why.
    pub reason: String,
    /// What becomes of requests.
    pub treatment: Treatment,
}

/// Why a freeze is not ordered or lifted (سبب عدم القبول).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.message())]
pub enum FreezeRefusal {
    /// No such unit.
    NoUnit,
    /// The decision has no number.
    NoDecision,
    /// It is dated after today.
    DecisionDate,
    /// The last day comes before the first.
    DaysOrder,
    /// It lasts longer than the law lets it.
    TooLong,
    /// It begins before its decision.
    BeforeDecision,
    /// Neither service nor group.
    NoServices,
    /// No reason.
    NoReason,
    /// It has been lifted, or is over.
    Over,
}

impl FreezeRefusal {
    /// Key of the message.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoUnit => "licences-freeze-no-unit",
            Self::NoDecision => "licences-freeze-no-decision",
            Self::DecisionDate => "licences-freeze-decision-date",
            Self::DaysOrder => "licences-freeze-days-order",
            Self::TooLong => "licences-freeze-too-long",
            Self::BeforeDecision => "licences-freeze-before-decision",
            Self::NoServices => "licences-freeze-no-services",
            Self::NoReason => "licences-freeze-no-reason",
            Self::Over => "licences-freeze-over",
        }
    }

    /// The field of the form that it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoDecision => "decision",
            Self::DecisionDate => "dated",
            Self::DaysOrder | Self::TooLong => "to",
            Self::BeforeDecision => "from",
            Self::NoServices => "groups",
            Self::NoReason => "reason",
            Self::NoUnit | Self::Over => "",
        }
    }
}

/// Judges an order.
pub(super) fn decide(unit: &str, order: &Order, today: Date) -> Result<FreezeEvent, FreezeRefusal> {
    let decision = decision(&order.decision, order.dated, today)?;
    if order.to < order.from {
        return Err(FreezeRefusal::DaysOrder);
    }
    if order.from < order.dated {
        return Err(FreezeRefusal::BeforeDecision);
    }
    let end = order.from.checked_add(MOST_MONTHS.months()).map_err(|_| FreezeRefusal::TooLong)?;
    if order.to >= end {
        return Err(FreezeRefusal::TooLong);
    }
    if order.services.is_empty() && order.groups.is_empty() {
        return Err(FreezeRefusal::NoServices);
    }
    if order.reason.trim().is_empty() {
        return Err(FreezeRefusal::NoReason);
    }
    Ok(FreezeEvent::FreezeOrdered {
        unit: unit.to_owned(),
        decision,
        dated: order.dated,
        from: order.from,
        to: order.to,
        services: order.services.clone(),
        groups: order.groups.clone(),
        ring: order.ring.as_ref().map(|ring| ring.corners().to_vec()).unwrap_or_default(),
        place: order.place.trim().to_owned(),
        reason: order.reason.trim().to_owned(),
        treatment: order.treatment,
    })
}

/// Judges a lifting: it holds from the day on which it is entered.
pub(super) fn decide_lift(
    freeze: &Freeze,
    number: &str,
    dated: Date,
    today: Date,
) -> Result<FreezeEvent, FreezeRefusal> {
    if freeze.lifted.is_some() || freeze.to < today {
        return Err(FreezeRefusal::Over);
    }
    Ok(FreezeEvent::FreezeLifted { decision: decision(number, dated, today)?, dated, on: today })
}

fn decision(number: &str, dated: Date, today: Date) -> Result<String, FreezeRefusal> {
    if number.trim().is_empty() {
        return Err(FreezeRefusal::NoDecision);
    }
    if dated > today {
        return Err(FreezeRefusal::DecisionDate);
    }
    Ok(number.trim().to_owned())
}

/// Where a request is about.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The competent unit.
    pub unit: &'a UnitPath,
    /// Its point, if it has one.
    pub point: Option<Point>,
}

/// What is asked of a freeze on a day.
#[derive(Debug, Clone, Copy)]
pub struct What<'a> {
    /// The service.
    pub service: &'a Service,
    /// Whether a request of it does something to an earlier paper; false where the service is asked in general.
    pub of_earlier: bool,
    /// The day.
    pub day: Date,
}

impl Freeze {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let lifted = self.lifted.as_ref().is_some_and(|(on, _)| *on <= day);
        self.from <= day && day <= self.to && !lifted
    }

    /// Whether it is about the licences of a service: one that it names, or new licences of a group.
    #[must_use]
    pub fn is_about(&self, service: &Service, of_earlier: bool) -> bool {
        // One whose every act has a condition gives new licences too.
        let gives_new = service.parent.as_ref().is_none_or(|parent| parent.acts.iter().all(|act| act.when.is_some()));
        let new = service.output.kind == OutputKind::Licence && gives_new && !of_earlier;
        self.services.contains(&service.code) || (new && self.groups.contains(&service.group))
    }

    /// Whether it is about a place: in its area if the place has a point, else by the unit alone.
    #[must_use]
    pub fn covers(&self, place: Place<'_>) -> bool {
        let below = place.unit.units().any(|unit| unit == self.unit);
        let within = match (&self.ring, place.point) {
            (Some(ring), Some(point)) => ring.contains(point),
            _ => true,
        };
        below && within
    }
}

/// The freezes that meet a request, those that refuse it first.
#[must_use]
pub fn against<'a>(freezes: &'a [Freeze], what: What<'_>, place: Place<'_>) -> Vec<&'a Freeze> {
    let meets = |freeze: &&Freeze| {
        freeze.holds_on(what.day) && freeze.is_about(what.service, what.of_earlier) && freeze.covers(place)
    };
    let mut found: Vec<&Freeze> = freezes.iter().filter(meets).collect();
    found.sort_by_key(|freeze| (freeze.treatment == Treatment::Tell, freeze.to));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn order() -> Order {
        Order {
            decision: "44".into(),
            dated: date(2026, 11, 1),
            from: date(2026, 11, 1),
            to: date(2027, 4, 30),
            services: Vec::new(),
            groups: vec!["building".into()],
            ring: None,
            place: String::new(),
            reason: "إعداد مخطط تفصيلي".into(),
            treatment: Treatment::Refuse,
        }
    }

    fn freeze(ring: Option<Ring>) -> Freeze {
        let Order { decision, dated, from, to, services, groups, place, reason, treatment, .. } = order();
        Freeze {
            id: Uuid::nil(),
            tenant: "01".into(),
            unit: "01-D07".into(),
            decision,
            dated,
            from,
            to,
            services,
            groups,
            ring,
            place,
            reason,
            treatment,
            lifted: None,
            version: 1,
        }
    }

    fn service(code: &str) -> Service {
        Service::clone(catalogue::Catalogue::embedded().unwrap().service(code).unwrap())
    }

    #[test]
    fn a_freeze_ends_within_six_months() {
        let today = date(2026, 11, 22);
        assert!(decide("01-D07", &order(), today).is_ok());
        let refused = |change: fn(&mut Order)| {
            let mut order = order();
            change(&mut order);
            decide("01-D07", &order, today).unwrap_err()
        };
        assert_eq!(refused(|order| order.to = date(2027, 5, 1)), FreezeRefusal::TooLong);
        assert_eq!(refused(|order| order.to = date(2026, 10, 31)), FreezeRefusal::DaysOrder);
        assert_eq!(refused(|order| order.from = date(2026, 10, 31)), FreezeRefusal::BeforeDecision);
        assert_eq!(refused(|order| order.dated = date(2026, 11, 23)), FreezeRefusal::DecisionDate);
        assert_eq!(refused(|order| order.groups.clear()), FreezeRefusal::NoServices);
        assert_eq!(refused(|order| order.reason = " ".into()), FreezeRefusal::NoReason);
    }

    #[test]
    fn a_group_means_its_new_licences() {
        let freeze = freeze(None);
        assert!(freeze.is_about(&service("BLD-02"), false));
        assert!(!freeze.is_about(&service("BLD-08"), false), "a renewal is no new licence");
        assert!(!freeze.is_about(&service("BLD-01"), false), "nor is a statement");
        assert!(!freeze.is_about(&service("SHP-01"), false));
        let shops = Freeze { groups: vec!["shops".into()], ..freeze };
        assert!(shops.is_about(&service("SHP-19"), false), "a kiosk's service gives new licences and renews them");
        assert!(!shops.is_about(&service("SHP-19"), true));
    }

    #[test]
    fn lifted_it_no_longer_holds() {
        let mut freeze = freeze(None);
        let today = date(2026, 12, 1);
        assert!(freeze.holds_on(today));
        assert!(decide_lift(&freeze, "45", today, today).is_ok());
        freeze.lifted = Some((today, "45".into()));
        assert!(!freeze.holds_on(today) && freeze.holds_on(date(2026, 11, 30)));
        assert_eq!(decide_lift(&freeze, "46", today, today), Err(FreezeRefusal::Over));
    }

    proptest! {
        /// Inside the area it meets, outside it does not, without a point the unit decides.
        #[test]
        fn the_area_decides_where_there_is_a_point(x in 0..200_i64, y in 0..200_i64, unit in 0..3_usize) {
            let (west, south) = (31_200_000, 30_000_000);
            let corner = |x: i64, y: i64| [west + x, south + y];
            let ring = Ring::new(vec![corner(50, 50), corner(150, 50), corner(150, 150), corner(50, 150)]).unwrap();
            let paths = ["00/01-G00/01-D07", "00/01-G00/01-D07/01-V01", "00/01-G00/01-D08"];
            let path = UnitPath::stored(paths[unit]);
            let freeze = freeze(Some(ring));
            let within = (50..=150).contains(&x) && (50..=150).contains(&y);
            let at = |point| freeze.covers(Place { unit: &path, point });
            prop_assert_eq!(at(Some(corner(x, y))), within && unit < 2);
            prop_assert_eq!(at(None), unit < 2);
        }
    }
}
