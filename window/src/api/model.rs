//! What programs send and get.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::shape::shape;

shape! {
    /// A code with its name in the language of the answer.
    Coded {
        /// The code; it does not change.
        code: String = "shops",
        /// Its name.
        name: String = "Public shop licences",
    }

    /// A service of the guide in a list.
    ServiceLine {
        /// Code of the service.
        code: String = "SHP-01",
        /// Its name.
        name: String = "Public shop licence, with prior inspection",
        /// Its group.
        group: Coded,
        /// Version in force.
        version: u32,
        /// Whether it can be asked for from home.
        online: bool,
        /// Working days of the whole way.
        working_days: u32 = 30,
        /// The fee in words.
        fee: String = "By area and place",
    }

    /// Services in force today.
    ServiceList {
        /// The day for which the list holds.
        day: Date,
        /// The services.
        services: Vec<ServiceLine>,
    }

    /// A document to bring.
    DocumentLine {
        /// Code of the document.
        code: String = "ID_CARD",
        /// Its name.
        name: String = "National identity card",
        /// Copies.
        copies: u32,
        /// `always`, `optional` or `when`.
        required: String = "always",
        /// When it is required, in words; empty where that does not depend on the case.
        when: String = "",
    }

    /// A question of the application form.
    FieldLine {
        /// Its id: the name of its answer.
        id: String = "shop_area_m2",
        /// Type of the answer.
        kind: String = "area_m2",
        /// The question.
        label: String = "Area in square metres",
        /// `always`, `optional` or `when`.
        required: String = "always",
        /// When it is required, in words.
        when: String = "",
        /// Whether the answer tells who a person is, and is kept encrypted.
        personal: bool = false,
        /// What may be chosen; empty where nothing is chosen.
        choices: Vec<Coded>,
        /// The questions of each row of a repeated group.
        fields: Vec<Map<String, Value>> = none(),
    }

    /// A condition of the service.
    ConditionLine {
        /// The condition.
        text: String = "The applicant is at least 21 years old.",
        /// When it applies, in words; empty = always.
        when: String = "",
    }

    /// A step on the way of a request.
    StepLine {
        /// Its id.
        id: String = "eng-review",
        /// Its kind: `check`, `review`, `inspect`, `assess_fee`, `pay`, `approve`, `issue`, `handover`.
        kind: String = "review",
        /// What is done.
        label: String = "Engineering review",
        /// Who does it.
        department: Coded,
        /// Working days allowed.
        working_days: u32 = 5,
        /// When it is needed, in words; empty = always.
        when: String = "",
    }

    /// A service of the guide with everything that an applicant must know.
    Service {
        /// Code of the service.
        code: String = "SHP-01",
        /// Version in force.
        version: u32,
        /// First day of this version.
        from: Date,
        /// SHA-256 of the text of this version.
        hash: String = "9f2c…",
        /// Its name.
        name: String = "Public shop licence, with prior inspection",
        /// Its group.
        group: Coded,
        /// Who may apply.
        applicants: Vec<Coded>,
        /// Where: `window`, `online`, `mobile`.
        channels: Vec<String> = ["window"],
        /// Advice.
        notes: Vec<String> = none(),
        /// Documents.
        documents: Vec<DocumentLine>,
        /// Conditions.
        conditions: Vec<ConditionLine>,
        /// Questions that the applicant answers.
        fields: Vec<FieldLine>,
        /// The fee in words.
        fee: String = "By area and place",
        /// Working days of the whole way.
        working_days: u32 = 30,
        /// The law's own limit in words, where there is one.
        law_days: Option<String>,
        /// What the law makes of silence, in words; empty where it makes nothing of it.
        silence: String = "",
        /// Steps.
        steps: Vec<StepLine>,
        /// Reasons for which it may be refused.
        refusal_reasons: Vec<Coded>,
        /// What comes out.
        output: String = "Licence",
        /// Laws behind it.
        laws: Vec<String> = ["Law 154 of 2019"],
    }

    /// Every service in force today.
    Guide {
        /// The day for which the guide holds.
        day: Date,
        /// The services.
        services: Vec<Service>,
    }

    /// A centre of a unit.
    CentreLine {
        /// Its name.
        name: String = "Technological centre",
        /// `fixed` or `mobile`.
        kind: String = "fixed",
    }

    /// A unit of local administration, or an outside body.
    UnitLine {
        /// Code of the unit.
        code: String = "01-D07",
        /// Its name.
        name: String = "Shubra district",
        /// `governorate`, `markaz`, `city`, `district`, `new_city`, `village`, `body`, `ministry`.
        kind: String = "district",
        /// Code of its governorate.
        governorate: String = "01",
        /// Its centres.
        centres: Vec<CentreLine>,
    }

    /// Units.
    UnitList {
        /// The units, in the order of the tree.
        units: Vec<UnitLine>,
    }

    /// Number and PIN of a slip.
    TrackAsked {
        /// Number of the request: 15 digits.
        number: String = "101072600000015",
        /// The four digits on the slip.
        pin: String = "4821",
    }

    /// A paper that came out of a request.
    PaperLine {
        /// What it is.
        name: String = "Licence",
        /// Its number, as it is read.
        number: String = "2 0107 2026 000001 3",
        /// How it stands, in words.
        standing: String = "Valid",
        /// Until when, in words.
        until: String = "No end",
    }

    /// A step of a request as its applicant sees it.
    JourneyStep {
        /// `done`, `now`, `next` or `skipped`.
        state: String = "now",
        /// What is done.
        title: String = "Engineering review",
        /// Where.
        place: String = "Engineering department",
        /// When; none where it is not known yet.
        day: Option<String> = "2026-11-29",
        /// What else is told.
        note: String = "",
    }

    /// How far a request has come: no name, nothing personal.
    Journey {
        /// Number of the request.
        number: String = "101072600000015",
        /// The service.
        service: Coded,
        /// The competent unit.
        unit: Coded,
        /// Day of receipt.
        received: Date,
        /// Word of the status: `in_progress`, `waiting_completion`, `waiting_payment`, `issued`, `refused`,
        /// `closed`, `withdrawn`, `voided`.
        status: String = "in_progress",
        /// The status in words.
        status_text: String = "Under way",
        /// What happens next.
        next: String = "It lies with the engineering department.",
        /// Day promised for the whole.
        expected: Option<String> = "2026-12-30",
        /// What is missing.
        missing: Vec<String> = none(),
        /// What is to be paid, in pounds.
        to_pay: Option<String>,
        /// Steps.
        steps: Vec<JourneyStep>,
        /// Papers.
        papers: Vec<PaperLine>,
    }

    /// What was scanned or typed.
    VerifyAsked {
        /// The text of the QR code, or the number of the paper.
        code: String = "https://shubbak.example/V/ABCDEFGH23456789",
    }

    /// A paper as a verifier may see it.
    VerifiedPaper {
        /// Its number.
        number: String = "201072600000019",
        /// What it is.
        kind: String = "Licence",
        /// Name of the service.
        service: String = "Public shop licence, with prior inspection",
        /// The issuing unit.
        unit: Coded,
        /// Code of its governorate.
        governorate: String = "01",
        /// Day of issue.
        issued: Option<Date>,
        /// Last day; none where it has no end.
        expires: Option<Date>,
        /// The holder, masked; only by the QR code, never by the number alone.
        holder: Option<String>,
        /// Last four digits of the holder's national id, likewise.
        last_four: Option<String>,
        /// Number of the paper that took its place.
        replaced_by: Option<String>,
    }

    /// What a paper is worth.
    Verdict {
        /// `valid`, `expired`, `not-yet`, `suspended`, `revoked`, `superseded`, `valid-unchecked`, `forged`, `unknown`.
        verdict: String = "valid",
        /// The verdict in words.
        text: String = "Valid",
        /// When this was true, UTC.
        as_of: String = "2026-11-22T08:00:00Z",
        /// The paper, where there is one.
        paper: Option<VerifiedPaper>,
    }

    /// Something that lies at a desk of the key's account.
    InboxLine {
        /// Id of the request.
        request: Uuid,
        /// Its number.
        number: String = "101072600000015",
        /// The service.
        service: Coded,
        /// Number of the step.
        step: i64,
        /// Number of the question to the department, or 0.
        consult: i64 = 0,
        /// Kind of the step.
        kind: String = "review",
        /// Code of the unit whose desk it is.
        unit: String = "01-D07",
        /// Code of the department.
        department: String = "LIC",
        /// Whether its clock stands still.
        halted: bool = false,
        /// Day of arrival.
        opened: Option<Date>,
        /// Last day.
        due: Option<Date>,
        /// Last day of the law.
        law_due: Option<Date>,
        /// Whether somebody has taken it.
        taken: bool = false,
    }

    /// What lies at the desks of the key's account, most urgent first.
    Inbox {
        /// The rows.
        rows: Vec<InboxLine>,
        /// Where the next page begins: the value of `after`; none on the last page.
        next: Option<String>,
    }

    /// A step of a case that was reached.
    CaseStep {
        /// Its number.
        step: u16,
        /// Its kind.
        kind: Option<String> = "review",
        /// `open`, `halted`, `waiting`, `done`, `skipped`, `ended`.
        phase: String = "open",
        /// Code of the unit that has it.
        unit: Option<String> = "01-D07",
        /// Code of the department that has it.
        department: Option<String> = "LIC",
    }

    /// A request as the account of the key may see it: answers that are not personal, and steps.
    CaseView {
        /// Id of the request.
        id: Uuid,
        /// Its number.
        number: String = "101072600000015",
        /// Version: give it back as `seen` with an act.
        version: i64 = 3,
        /// The service.
        service: Coded,
        /// Code of the competent unit.
        unit: String = "01-D07",
        /// Word of the status.
        status: String = "in_progress",
        /// Answers of the form that are not personal, by the id of the question.
        answers: Map<String, Value>,
        /// Steps that were reached.
        steps: Vec<CaseStep>,
    }

    /// Who asks.
    ApplicantAsked {
        /// `person`, `company`, `government`, `association` or `owners_union`.
        kind: String = "person",
        /// Name.
        name: String = "Nefertari Senusret Alfayrouz",
        /// National id of an Egyptian person.
        national_id: Option<String> = "29001010112345",
        /// Kind of another identifying number: `passport`, `commercial_register`, `tax_number`, `registration`.
        number_kind: Option<String>,
        /// That number.
        number: Option<String>,
        /// Whether a foreigner.
        foreign: Option<bool>,
        /// Mobile: 11 digits.
        mobile: String = "01012345678",
        /// E-mail.
        email: Option<String>,
        /// Address.
        address: Option<String>,
    }

    /// A request to be registered.
    RequestAsked {
        /// Code of the service.
        service: String = "SHP-01",
        /// Code of the competent unit; the account's own if left out.
        unit: Option<String> = "01-D07",
        /// Who asks.
        applicant: ApplicantAsked,
        /// Answers by the id of the question: text, number, yes or no, a list, or rows of a repeated group.
        answers: Map<String, Value> = shop(),
        /// Codes of the documents that were seen; the others are still to come.
        papers: Option<Vec<String>>,
    }

    /// A request that was registered.
    Registered {
        /// Its id.
        id: Uuid,
        /// Its number.
        number: String = "101072600000015",
        /// Address at which the applicant follows it.
        track: String = "https://shubbak.example/T/ABCDEFGH23456789",
        /// The four digits that open it together with the number.
        pin: String = "4821",
    }

    /// An act on a request.
    ActAsked {
        /// `take`, `accept`, `answer`, `completion`, `consult`, `recall`, `rework`, `refuse`, `issue` or `note`.
        act: String = "note",
        /// The version that it was decided on.
        seen: i64 = 3,
        /// The step; the first at the account's desks if left out.
        step: Option<u16>,
        /// The question, where a question is answered.
        consult: Option<u16>,
        /// What the form of the act asks for, by name: `opinion`, `note`, `reasons`, `text`, `date` …
        fields: Map<String, Value> = note(),
    }

    /// What came of an act.
    Acted {
        /// Id of the request.
        id: Uuid,
        /// Its version now.
        version: i64 = 4,
        /// What happened: the kind of the event.
        kind: String = "request.noted",
        /// Word of the status now.
        status: String = "in_progress",
        /// Number of a paper that was issued.
        paper: Option<String>,
    }
}

/// An empty list, as an example.
fn none() -> Value {
    json!([])
}

/// The words of a note.
fn note() -> Value {
    json!({ "text": "Seen by the system of the department." })
}

/// Answers for a shop of higher risk.
fn shop() -> Value {
    json!({
        "shop_trade_name": "Nile Coffee",
        "activity_code": "1201",
        "activity_details": "Drinks",
        "premises_address": "15 Shubra Street",
        "premises_location": "30.050000, 31.250000",
        "fee_zone": "city_district",
        "premises_tenure": "own",
        "building_licence_status": "licensed",
        "floor_level": "ground",
        "shop_area_m2": "45.5",
        "units_count": 1,
        "workers_count": 3,
        "has_motors": false,
        "handles_food": false,
        "hazardous_materials": false,
        "hours_class": "retail",
        "manager": [{ "manager_name": "Ramses Hatshepsut Ahmed", "manager_national_id": "28501010112345" }],
    })
}
