//! Applicant and agent as typed (مقدم الطلب والوكيل).

use catalogue::Service;
use catalogue::answers::{Applicant as Known, email_address};
use catalogue::model::ApplicantKind;
use foundation::arabic::digits;
use foundation::governorates;
use foundation::identity::{CommercialRegister, Mobile, NationalId, NationalIdError, Passport, Sex, TaxNumber};
use foundation::web::forms::FieldKind;
use foundation::web::{Choice, Ctx, FieldView, FormData, FormErrors};
use jiff::civil::Date;
use registry::citizens::{Applicant, Identity, IdentityKind, PersonKind};
use serde_json::json;

use crate::requests::act::Who;

/// Names of the controls; conditions of services read the first three by these very names.
pub(super) const KIND: &str = "applicant.kind";
pub(super) const FOREIGN: &str = "applicant.is_foreign";
pub(super) const BY_AGENT: &str = "applicant.by_agent";
pub(super) const NID: &str = "applicant.nid";
pub(super) const NUMBER_KIND: &str = "applicant.number_kind";
pub(super) const NUMBER: &str = "applicant.number";
pub(super) const NAME: &str = "applicant.full_name";
pub(super) const MOBILE: &str = "applicant.mobile_number";
pub(super) const EMAIL: &str = "applicant.email_address";
pub(super) const ADDRESS: &str = "applicant.residence";
const AGENT_NID: &str = "agent.nid";
const AGENT_NAME: &str = "agent.full_name";
const AGENT_MOBILE: &str = "agent.mobile_number";

/// What was read of the people.
#[derive(Debug)]
pub(super) struct People {
    pub applicant: Who,
    pub agent: Option<Who>,
    pub known: Known,
    pub foreign: bool,
    pub sex: Option<String>,
}

/// The kind of applicant chosen, or the first that the service takes.
pub(super) fn kind(service: &Service, data: &FormData) -> ApplicantKind {
    let typed = ApplicantKind::ALL.into_iter().find(|kind| kind.code() == data.get(KIND));
    let usual = || service.applicants.iter().copied().find(|kind| *kind == ApplicantKind::Person);
    typed.or_else(usual).or_else(|| service.applicants.first().copied()).unwrap_or(ApplicantKind::Person)
}

/// What conditions may know before anything is judged.
pub(super) fn known(service: &Service, data: &FormData, today: Date) -> Known {
    let sex = NationalId::parse(data.get(NID), today).ok().map(|id| sex(&id));
    Known { kind: kind(service, data), by_agent: ticked(data, BY_AGENT), is_foreign: ticked(data, FOREIGN), sex }
}

fn ticked(data: &FormData, name: &str) -> bool {
    data.get(name) == "yes"
}

fn sex(id: &NationalId) -> &'static str {
    match id.sex() {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}

/// Whether the closed part must stand open: something unusual was chosen or is wrong in it.
pub(super) fn is_unusual(service: &Service, data: &FormData, errors: &FormErrors) -> bool {
    let names = [KIND, NUMBER_KIND, NUMBER, EMAIL, ADDRESS, AGENT_NID, AGENT_NAME, AGENT_MOBILE];
    kind(service, data) != ApplicantKind::Person
        || ticked(data, FOREIGN)
        || ticked(data, BY_AGENT)
        || names.iter().any(|name| errors.of(name).is_some())
}

/// The controls of every intake: number, name, mobile.
pub(super) fn main_fields(c: &Ctx, data: &FormData, errors: &FormErrors, today: Date) -> Vec<FieldView> {
    let egyptian = json!({ "op": "&&", "args": [
        { "op": "==", "args": [{ "name": KIND }, { "text": "person" }] },
        { "op": "!", "args": [{ "name": FOREIGN }] },
    ] });
    let other = json!({ "op": "!", "args": [egyptian] });
    let mut nid = FieldView::new(FieldKind::NationalId, NID, c.t("counter-nid"))
        .required()
        .when(egyptian.to_string())
        .filled(data, errors);
    if let Ok(id) = NationalId::parse(data.get(NID), today) {
        nid.hint = Some(about(c, &id, today));
        nid.warning = (!id.check_digit_ok()).then(|| c.t("common-nid-check"));
    }
    nid.autofocus = !errors.any() && nid.value.is_empty();
    let kinds =
        [IdentityKind::Passport, IdentityKind::CommercialRegister, IdentityKind::TaxNumber, IdentityKind::Registration];
    let kinds =
        kinds.into_iter().map(|kind| Choice::new(kind.code(), super::super::open::identity_label(c, Some(kind))));
    vec![
        nid,
        FieldView::select(NUMBER_KIND, c.t("counter-number-kind"), kinds.collect())
            .required()
            .hint(c.t("counter-number-whose"))
            .when(other.to_string())
            .filled(data, errors),
        FieldView::new(FieldKind::Code, NUMBER, c.t("counter-number"))
            .required()
            .when(other.to_string())
            .filled(data, errors),
        FieldView::text(NAME, c.t("counter-name")).required().max_length(200).filled(data, errors),
        FieldView::new(FieldKind::Mobile, MOBILE, c.t("counter-mobile")).required().filled(data, errors),
    ]
}

/// The controls in the closed part: another kind of applicant, an agent, more ways to reach them.
pub(super) fn more_fields(c: &Ctx, service: &Service, data: &FormData, errors: &FormErrors) -> Vec<FieldView> {
    let kinds = service.applicants.iter().map(|kind| Choice::new(kind.code(), kind.label(c.lang))).collect();
    let by_agent = json!({ "name": BY_AGENT }).to_string();
    vec![
        FieldView::select(KIND, c.t("counter-applicant-kind"), kinds)
            .required()
            .filled(data, errors)
            .value(kind(service, data).code()),
        FieldView::checkbox(FOREIGN, c.t("counter-foreign")).filled(data, errors),
        FieldView::checkbox(BY_AGENT, c.t("counter-by-agent")).filled(data, errors),
        FieldView::new(FieldKind::NationalId, AGENT_NID, c.t("counter-agent-nid"))
            .required()
            .when(by_agent.clone())
            .filled(data, errors),
        FieldView::text(AGENT_NAME, c.t("counter-agent-name"))
            .required()
            .max_length(200)
            .when(by_agent.clone())
            .filled(data, errors),
        FieldView::new(FieldKind::Mobile, AGENT_MOBILE, c.t("counter-agent-mobile"))
            .when(by_agent)
            .filled(data, errors),
        FieldView::new(FieldKind::Email, EMAIL, c.t("counter-email")).filled(data, errors),
        FieldView::text(ADDRESS, c.t("counter-residence")).max_length(300).filled(data, errors),
    ]
}

/// Reads the people; what is wrong goes to the errors.
pub(super) fn read(c: &Ctx, service: &Service, data: &FormData, today: Date, errors: &mut FormErrors) -> People {
    let kind = kind(service, data);
    let foreign = ticked(data, FOREIGN);
    let mut sex_of = None;
    let identity = if kind == ApplicantKind::Person && !foreign {
        let id = national_id(c, data, NID, today, errors);
        sex_of = id.as_ref().map(sex);
        id.map(|id| Identity { kind: IdentityKind::NationalId, number: id.as_str().to_owned() })
    } else {
        number(c, data, errors)
    };
    let name = data.required(NAME, errors, || c.t("counter-name-missing"));
    let mobile = mobile(c, data, MOBILE, true, errors);
    let applicant = Who {
        person: Applicant {
            kind: PersonKind::ALL.into_iter().find(|other| other.code() == kind.code()).unwrap_or(PersonKind::Person),
            name,
            identity,
            mobile,
            email: email(c, data, EMAIL, errors),
            address: data.opt(ADDRESS).map(str::to_owned),
        },
        chosen: None,
    };
    let agent = ticked(data, BY_AGENT).then(|| agent(c, data, today, errors));
    let known = Known { kind, by_agent: agent.is_some(), is_foreign: foreign, sex: sex_of };
    People { applicant, agent, known, foreign, sex: sex_of.map(str::to_owned) }
}

/// «ذكر، تاريخ الميلاد 1 يناير 1990، القاهرة».
fn about(c: &Ctx, id: &NationalId, today: Date) -> String {
    // A number that passed has its date in it.
    let born = foundation::dates::parse_iso(&birth(id)).unwrap_or(today);
    let sex = c.t(match id.sex() {
        Sex::Male => "common-nid-male",
        Sex::Female => "common-nid-female",
    });
    let place = governorates::name_in(c.lang, id.governorate()).map_or_else(|| c.t("counter-abroad"), str::to_owned);
    c.list([sex, format!("{} {}", c.t("common-nid-born"), c.date(born)), place])
}

fn birth(id: &NationalId) -> String {
    let text = id.as_str();
    let century = if text.starts_with('2') { "19" } else { "20" };
    let part = |from: usize| text.get(from..from + 2).unwrap_or_default();
    format!("{century}{}-{}-{}", part(1), part(3), part(5))
}

/// A national id; a wrong check digit is no error.
pub(super) fn national_id(
    c: &Ctx,
    data: &FormData,
    name: &str,
    today: Date,
    errors: &mut FormErrors,
) -> Option<NationalId> {
    match NationalId::parse(data.get(name), today) {
        Ok(id) => Some(id),
        Err(error) => {
            let key = match error {
                NationalIdError::Empty => "counter-nid-missing",
                NationalIdError::Characters | NationalIdError::Length { .. } => "common-nid-length",
                NationalIdError::Century => "counter-nid-century",
                NationalIdError::BirthDate | NationalIdError::Future => "counter-nid-date",
                NationalIdError::Governorate => "counter-nid-governorate",
            };
            errors.add(name, c.t(key));
            None
        }
    }
}

/// Passport, register, tax card or registration.
fn number(c: &Ctx, data: &FormData, errors: &mut FormErrors) -> Option<Identity> {
    let Some(kind) = IdentityKind::from_code(data.get(NUMBER_KIND)).filter(|kind| *kind != IdentityKind::NationalId)
    else {
        errors.add(NUMBER_KIND, c.t("counter-number-kind-missing"));
        return None;
    };
    let typed = data.get(NUMBER);
    let number = match kind {
        IdentityKind::Passport => Passport::parse(typed).ok().map(|number| number.as_str().to_owned()),
        IdentityKind::CommercialRegister => {
            CommercialRegister::parse(typed).ok().map(|number| number.as_str().to_owned())
        }
        IdentityKind::TaxNumber => TaxNumber::parse(typed).ok().map(|number| number.as_str().to_owned()),
        IdentityKind::Registration | IdentityKind::NationalId => {
            let plain = digits::to_ascii(typed);
            Some(plain.trim().to_owned()).filter(|plain| !plain.is_empty() && plain.chars().count() <= 40)
        }
    };
    if number.is_none() {
        let key = if typed.is_empty() { "counter-number-missing" } else { "counter-number-wrong" };
        errors.add(NUMBER, c.t(key));
    }
    number.map(|number| Identity { kind, number })
}

/// A mobile number; left empty it is no error unless it is needed.
pub(in crate::counter) fn mobile(
    c: &Ctx,
    data: &FormData,
    name: &str,
    needed: bool,
    errors: &mut FormErrors,
) -> Option<String> {
    let typed = data.get(name);
    if typed.is_empty() && !needed {
        return None;
    }
    match Mobile::parse(typed) {
        Ok(mobile) => Some(mobile.as_str().to_owned()),
        Err(_) => {
            errors.add(name, c.t(if typed.is_empty() { "counter-mobile-missing" } else { "common-mobile-hint" }));
            None
        }
    }
}

/// An e-mail address, as the forms of services read one.
pub(in crate::counter) fn email(c: &Ctx, data: &FormData, name: &str, errors: &mut FormErrors) -> Option<String> {
    let typed = data.opt(name)?;
    let address = email_address(typed);
    if address.is_none() {
        errors.add(name, c.t("counter-email-wrong"));
    }
    address
}

fn agent(c: &Ctx, data: &FormData, today: Date, errors: &mut FormErrors) -> Who {
    let id = national_id(c, data, AGENT_NID, today, errors);
    let name = data.required(AGENT_NAME, errors, || c.t("counter-name-missing"));
    let mobile = mobile(c, data, AGENT_MOBILE, false, errors);
    let identity = id.map(|id| Identity { kind: IdentityKind::NationalId, number: id.as_str().to_owned() });
    Who {
        person: Applicant { kind: PersonKind::Person, name, identity, mobile, email: None, address: None },
        chosen: None,
    }
}

/// The number by which the applicant may be known, as far as it is right already.
pub(super) fn identity(data: &FormData, today: Date) -> Option<Identity> {
    if let Ok(id) = NationalId::parse(data.get(NID), today) {
        return Some(Identity { kind: IdentityKind::NationalId, number: id.as_str().to_owned() });
    }
    let kind = IdentityKind::from_code(data.get(NUMBER_KIND))?;
    let number = digits::to_ascii(data.get(NUMBER)).trim().to_owned();
    (!number.is_empty()).then_some(Identity { kind, number })
}
