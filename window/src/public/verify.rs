//! التحقق من محرر: by its QR, by the pasted text of it, or by its number.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use documents::sign::{Figure, FigureKind, Link, LinkError, Token, Verdict, decode_digits, verify};
use foundation::arabic::digits;
use foundation::dates;
use foundation::numbers::{Kind, Number, NumberError};
use foundation::web::forms::Width;
use foundation::web::messages::Lang;
use foundation::web::{
    ClientIp, Crumb, Ctx, FieldView, FormData, FormErrors, Html, Opens, PageError, VerifierView, see_other,
};
use http::StatusCode;

use super::desk::{Asked, Desk, OPEN, VERIFY};
use super::places::governorate;
use super::track::{private, propose, wrong_number};
use super::verdict::{Shown, VerdictView, Word};
use crate::office::Office;
use crate::papers::{Content, paper_type, place};
use crate::requests::queries::{self, PaperFound};

/// Letters of a pasted code that are looked at: the largest QR holds some 900.
const LONGEST: usize = 2_000;
/// The field; `code` is the one of the module.
const FIELD: &str = "paper";
/// Digits that can only be the signed part of a QR.
const SIGNED_DIGITS: usize = 60;

/// Which status lists the page fetches for the days without a network.
enum Carry<'a> {
    /// All of them, if that is not much.
    Few,
    /// All of them: the visitor asked for it.
    All,
    /// The one that the paper of this page lies in.
    Of(&'a str),
}

/// Issuers whose lists still fit into the weight of a page.
const FEW: usize = 6;

/// What the module of the page needs.
fn verifier(lang: Lang, desk: &Desk, carry: &Carry<'_>) -> VerifierView {
    let keys = desk.keys();
    let mut issuers: Vec<&str> = keys.list().keys.iter().map(|key| key.governorate.as_str()).collect();
    issuers.sort_unstable();
    issuers.dedup();
    let named = issuers.iter().map(|code| ((*code).to_owned(), governorate(lang, code))).collect();
    match carry {
        Carry::All => {}
        Carry::Few if issuers.len() <= FEW => {}
        Carry::Few => issuers.clear(),
        Carry::Of(tenant) => issuers.retain(|issuer| issuer == tenant),
    }
    VerifierView {
        root: keys.root().map(|key| URL_SAFE_NO_PAD.encode(key)).unwrap_or_default(),
        keys: "/keys".into(),
        lists: issuers.iter().map(|code| format!("/status/{code}/0")).collect(),
        issuers: named,
    }
}

#[derive(Template)]
#[template(path = "public/verify.html")]
pub(super) struct VerifyPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub errors: FormErrors,
    pub code: FieldView,
    pub proposed: Vec<(String, String)>,
    /// All lists are being fetched.
    pub carries: bool,
    pub v: VerifierView,
}

#[derive(Template)]
#[template(path = "public/paper.html")]
pub(super) struct PaperPage {
    pub c: Ctx,
    pub crumbs: Vec<Crumb>,
    pub verdict: VerdictView,
    /// Of the paper that the page tells of; the page's module compares it with the code in the address.
    pub number: String,
    /// By number alone, holder and place stay closed.
    pub by_number: bool,
    pub v: VerifierView,
}

fn page(c: Ctx, desk: &Desk, data: &FormData, errors: FormErrors, proposed: Vec<(String, String)>) -> VerifyPage {
    let failed = errors.any();
    let code = FieldView::text(FIELD, c.t("public-verify-code")).hint(c.t("public-verify-code-hint"));
    VerifyPage {
        crumbs: vec![Crumb::new("/", c.t("common-home")), Crumb::here(c.t("common-verify"))],
        code: code.width(Width::Full).required().filled(data, &errors),
        errors,
        proposed,
        carries: false,
        v: verifier(c.lang, desk, &Carry::Few),
        c: c.failed(failed),
    }
}

/// The page may use the camera.
fn with_camera(response: Response) -> Response {
    (Extension(Opens::camera()), response).into_response()
}

pub(super) async fn form(c: Ctx, desk: Desk, Asked(asked): Asked) -> Response {
    let kept = FormData::from_pairs([(FIELD, asked.get(FIELD))]);
    let lang = c.lang;
    let mut page = page(c, &desk, &kept, FormErrors::new(), Vec::new());
    if asked.has("offline") {
        page.carries = true;
        page.v = verifier(lang, &desk, &Carry::All);
    }
    with_camera(Html(page).into_response())
}

pub(super) async fn find(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    mut data: FormData,
) -> Result<Response, PageError> {
    office.limits.take("verify", client, VERIFY)?;
    if let Some(meant) = data.opt("use").map(str::to_owned) {
        data.set(FIELD, &meant);
    }
    let typed: String = data.get(FIELD).chars().take(LONGEST).collect();
    let mut errors = FormErrors::new();
    let mut proposed = Vec::new();
    match read(&typed) {
        Code::Empty => errors.add(FIELD, c.t("public-verify-missing")),
        Code::Slip(token) => return Ok(see_other(format!("/T/{token}")).into_response()),
        Code::Paper(token) => return Ok(see_other(format!("/V/{token}")).into_response()),
        Code::Signed(token, bytes) => return signed(c, &office, &desk, token, &bytes).await,
        Code::Damaged => errors.add(FIELD, c.t("public-verify-damaged")),
        Code::Number(Ok(number)) if is_signed(number.kind()) => return by_number(c, &office, &desk, number).await,
        Code::Number(Ok(number)) => {
            errors.add(FIELD, c.t1("public-verify-other-kind", "kind", number.kind().name_in(c.lang)))
        }
        Code::Number(Err(error)) => {
            if let NumberError::Check { help } = &error {
                let numbers = help.iter().map(|correction| correction.number).filter(|n| is_signed(n.kind()));
                proposed = propose(numbers, &office.units.now(), dates::day_of(office.clock.now()).year());
            }
            errors.add(FIELD, wrong_number(&c, &error));
        }
    }
    Ok(with_camera(Html(page(c, &desk, &data, errors, proposed)).unprocessable()))
}

/// Kinds of number that stand on signed papers.
fn is_signed(kind: Kind) -> bool {
    matches!(kind, Kind::Paper | Kind::Receipt)
}

/// What was pasted or typed.
#[derive(Debug, PartialEq, Eq)]
enum Code {
    Empty,
    Slip(Token),
    Paper(Token),
    /// The signed part was there: the paper speaks for itself.
    Signed(Option<Token>, Vec<u8>),
    Damaged,
    Number(Result<Number, NumberError>),
}

fn read(typed: &str) -> Code {
    let plain = digits::to_ascii(typed);
    match plain.parse::<Link>() {
        Ok(Link::Slip { token }) => return Code::Slip(token),
        Ok(Link::Paper { token, signed: None }) => return Code::Paper(token),
        Ok(Link::Paper { token, signed: Some(bytes) }) => return Code::Signed(Some(token), bytes),
        Err(LinkError::Version | LinkError::Digits(_)) => return Code::Damaged,
        Err(LinkError::NotOurs) => {}
    }
    let bare: String = digits::identifier(typed).chars().filter(|c| *c != '#').collect();
    if bare.is_empty() {
        return Code::Empty;
    }
    let only_digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    if only_digits && bare.len() > SIGNED_DIGITS {
        let signed = bare.strip_prefix('1').map(decode_digits);
        return match signed {
            Some(Ok(bytes)) => Code::Signed(None, bytes),
            _ => Code::Damaged,
        };
    }
    match bare.parse::<Token>() {
        // Sixteen digits alone are a number with one too many.
        Ok(token) if !only_digits => Code::Paper(token),
        _ => Code::Number(Number::parse(typed)),
    }
}

pub(super) async fn by_token(
    c: Ctx,
    office: Office,
    desk: Desk,
    client: ClientIp,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    office.limits.take("open", client, OPEN)?;
    let (word, shown) = of_token(&c, &office, &token).await?;
    Ok(answer(c, &office, &desk, word, shown, false))
}

/// What a paper is worth, and what of it is told.
pub(crate) type Worth = (Word, Option<Shown>);

async fn of_token(c: &Ctx, office: &Office, token: &str) -> Result<Worth, PageError> {
    let found = queries::paper_by_token(&mut office.db.reader(), token).await;
    match found.map_err(|error| PageError::from_error(&error))? {
        Some(found) => on_record(c, office, &found, true).await.map(|(word, shown)| (word, Some(shown))),
        None => Ok((Word::Unknown, None)),
    }
}

async fn by_number(c: Ctx, office: &Office, desk: &Desk, number: Number) -> Result<Response, PageError> {
    let (word, shown) = of_number(&c, office, number).await?;
    Ok(answer(c, office, desk, word, shown, true))
}

async fn of_number(c: &Ctx, office: &Office, number: Number) -> Result<Worth, PageError> {
    let found = queries::paper_by_number(&mut office.db.reader(), &number.to_string()).await;
    match found.map_err(|error| PageError::from_error(&error))? {
        // Numbers follow each other: whoever counts them up must not collect holders and places.
        Some(found) => on_record(c, office, &found, false).await.map(|(word, shown)| (word, Some(shown))),
        None => Ok((Word::Unknown, None)),
    }
}

/// What was typed or scanned, judged for a program: what it is worth, or what is wrong with it in words.
///
/// # Errors
/// The database's own, or a paper of a service that is not known.
pub(crate) async fn judged(
    c: &Ctx,
    office: &Office,
    desk: &Desk,
    typed: &str,
) -> Result<Result<Worth, String>, PageError> {
    let typed: String = typed.chars().take(LONGEST).collect();
    Ok(match read(&typed) {
        Code::Empty => Err(c.t("public-verify-missing")),
        Code::Slip(_) => Err(c.t1("public-verify-other-kind", "kind", Kind::Request.name_in(c.lang))),
        Code::Paper(token) => Ok(of_token(c, office, &token.to_string()).await?),
        Code::Signed(token, bytes) => Ok(of_signed(c, office, desk, token, &bytes).await?),
        Code::Damaged => Err(c.t("public-verify-damaged")),
        Code::Number(Ok(number)) if is_signed(number.kind()) => Ok(of_number(c, office, number).await?),
        Code::Number(Ok(number)) => Err(c.t1("public-verify-other-kind", "kind", number.kind().name_in(c.lang))),
        Code::Number(Err(error)) => Err(wrong_number(c, &error)),
    })
}

/// The signed part itself: genuine or not, and how the paper stands on record.
async fn signed(
    c: Ctx,
    office: &Office,
    desk: &Desk,
    token: Option<Token>,
    bytes: &[u8],
) -> Result<Response, PageError> {
    let (word, shown) = of_signed(&c, office, desk, token, bytes).await?;
    Ok(answer(c, office, desk, word, shown, false))
}

async fn of_signed(
    c: &Ctx,
    office: &Office,
    desk: &Desk,
    token: Option<Token>,
    bytes: &[u8],
) -> Result<Worth, PageError> {
    let now = office.clock.now();
    let (claims, said) = match verify(bytes, desk.keys().list(), now.seconds()) {
        Verdict::Valid(claims) => (claims, Word::Signed),
        Verdict::Expired(claims) => (claims, Word::Expired),
        Verdict::NotYet(claims) => (claims, Word::NotYet),
        Verdict::WrongType(_)
        | Verdict::WrongIssuer(_)
        | Verdict::BadSignature
        | Verdict::UnknownKey(_)
        | Verdict::Malformed => {
            return Ok((Word::Forged, None));
        }
    };
    let number = format!("{:015}", claims.number);
    let mut q = office.db.reader();
    let found = match token {
        Some(token) => queries::paper_by_token(&mut q, &token.to_string()).await,
        None => queries::paper_by_number(&mut q, &number).await,
    };
    let found = found.map_err(|error| PageError::from_error(&error))?.filter(|found| found.paper.number == number);
    let today = dates::day_of(now);
    let word = match found {
        Some(ref found) if said == Word::Signed => Word::of(found.paper.standing, found.paper.expires, today),
        // A revoked paper that has also expired was revoked.
        Some(ref found) if found.paper.standing.is_final() => {
            Word::of(found.paper.standing, found.paper.expires, today)
        }
        _ => said,
    };
    let after = found.and_then(|found| found.paper.superseded);
    let replaced_by = after.map(|after| after.number).unwrap_or_default();
    let shown = Shown { replaced_by, ..Shown::of_claims(&claims, |code| office.service_name(code, c.lang)) };
    Ok((word, Some(shown)))
}

/// How a paper stands, and what of it is shown.
async fn on_record(c: &Ctx, office: &Office, found: &PaperFound, open: bool) -> Result<(Word, Shown), PageError> {
    let PaperFound { request, paper } = found;
    let (file, course) = (&request.state.file, &request.state.course);
    // A duplicate is a paper of the service of its original.
    let printed_as = paper.replaces.as_ref().and_then(|before| before.printed_as.as_ref()).unwrap_or(&file.service);
    let service = office.version(printed_as).or_else(|| office.service(&printed_as.code, paper.issued_on));
    let service = service.ok_or_else(|| PageError::internal("a paper of a service that is not known"))?;
    let word = Word::of(paper.standing, paper.expires, dates::day_of(office.clock.now()));
    let issuer = course.step(paper.step).and_then(|step| step.holder.as_ref());
    let mut shown = Shown {
        kind: service.output.name(c.lang).to_owned(),
        service: service.name(c.lang).to_owned(),
        number: paper.number.clone(),
        unit: issuer.map_or(&file.unit, |holder| &holder.unit).clone(),
        tenant: request.tenant.clone(),
        issued: Some(paper.issued_on),
        expires: paper.expires,
        ..Shown::default()
    };
    let payment = course.payments.iter().find(|payment| payment.receipt == paper.number);
    if let Some(payment) = payment.filter(|_| open) {
        // What was paid stands on the receipt; whoever counts numbers up learns nothing of it.
        shown.figures = vec![Figure { kind: FigureKind::Amount, value: payment.amount.0 }];
        shown.request = file.number.clone();
        shown.slip.clone_from(&payment.slip);
    }
    shown.receipt = payment.is_some();
    shown.replaced_by = paper.superseded.as_ref().map(|after| after.number.clone()).unwrap_or_default();
    if shown.receipt || shown.kind.is_empty() {
        shown.kind = c.t(&format!("verifier-type-{}", paper_type(&paper.kind, &service).code()));
    }
    if open && payment.is_none() {
        shown.place = place(&service, &paper.values, [&course.report, &file.answers]);
    }
    if open {
        let mut q = office.db.reader();
        let key = office.record.keyring().open(&mut q, &request.tenant, file.applicant.subject).await;
        // A person who was erased has no key any more; the paper is told without the holder.
        if let Some(key) = key.map_err(|error| PageError::from_error(&error))?
            && let Ok(content) = Content::decrypt(&key, &paper.number, &paper.personal)
        {
            shown.last_four = content.holder.last_four();
            shown.holder = Some(content.holder.name);
            if shown.place.is_empty() {
                shown.place = content.place;
            }
        }
    }
    Ok((word, shown))
}

fn answer(c: Ctx, office: &Office, desk: &Desk, word: Word, shown: Option<Shown>, by_number: bool) -> Response {
    let v = verifier(c.lang, desk, &shown.as_ref().map_or(Carry::Few, |shown| Carry::Of(&shown.tenant)));
    let number = shown.as_ref().map(|shown| shown.number.clone()).unwrap_or_default();
    let rows = shown.map(|shown| shown.rows(&c, &office.units.now())).unwrap_or_default();
    let verdict = VerdictView::of(&c, word, rows, office.clock.now());
    let crumbs = vec![
        Crumb::new("/", c.t("common-home")),
        Crumb::new("/verify", c.t("common-verify")),
        Crumb::here(c.t("public-verify-here")),
    ];
    let by_number = by_number && !verdict.rows.is_empty();
    let page = Html(PaperPage { crumbs, verdict, number, by_number, v, c });
    let response = if word == Word::Unknown { page.status(StatusCode::NOT_FOUND) } else { page.into_response() };
    with_camera(private(response))
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::sign::encode_digits;
    use proptest::prelude::*;

    #[test]
    fn whatever_is_pasted_is_understood() {
        let token: Token = "AAAAAAAAAAAAAAAA".parse().unwrap();
        assert_eq!(read(""), Code::Empty);
        assert_eq!(read(" \u{200F} "), Code::Empty);
        assert_eq!(read("HTTPS://X.EG/T/AAAAAAAAAAAAAAAA"), Code::Slip(token));
        assert_eq!(read("https://x.eg/v/aaaaaaaaaaaaaaaa"), Code::Paper(token));
        assert_eq!(read("aaaa aaaa aaaa aaaa"), Code::Paper(token));
        let bytes = vec![7; 60];
        let signed = encode_digits(&bytes);
        assert_eq!(
            read(&format!("https://x.eg/V/AAAAAAAAAAAAAAAA#1{signed}")),
            Code::Signed(Some(token), bytes.clone())
        );
        assert_eq!(read(&format!("1{signed}")), Code::Signed(None, bytes.clone()));
        assert_eq!(read(&digits::to_arabic(&format!("#1{signed}"))), Code::Signed(None, bytes));
        assert_eq!(read("https://x.eg/V/AAAAAAAAAAAAAAAA#2123"), Code::Damaged);
        assert!(matches!(read("2 01 301"), Code::Number(Err(NumberError::Length { found: 6 }))));
        assert!(matches!(read("رخصة"), Code::Number(Err(NumberError::Characters))));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_fear(text in ".{0,300}") {
            let _ = read(&text);
        }
    }
}
