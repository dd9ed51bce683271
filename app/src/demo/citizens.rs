//! Citizens of the demonstration: people of its cases who have an account.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context as _, Result};
use axum::http::{HeaderMap, header};
use catalogue::model::ApplicantKind;
use foundation::dates;
use foundation::identity::{Mobile, NationalId};
use jiff::ToSpan as _;
use jiff::civil::Date;
use record::follow::derived_id;
use registry::accounts::{self, Credentials, Details};
use registry::mandates::{self, Capacity, Document, Order, Principal, Scope, Write};
use registry::{DemoCitizen, sessions};
use serde_json::json;
use uuid::Uuid;

use super::cases::person;
use super::people::UNIT;
use crate::node::Node;

/// Place among the applicants of the cases, and what the login page says.
const CITIZENS: [(usize, &str); 3] = [
    (0, "أحمد محمد عبد الله حسن: له رخصة محل وطلب لم يُرسل بعد، ويمثل شركة"),
    (4, "خالد مصطفى أبو زيد عمر: مطلوب منه استيفاء"),
    (9, "سلوى حامد متولي بدر: رُفض لها طلب"),
];

fn id(at: usize) -> Uuid {
    derived_id("demo-citizen", &at.to_string())
}

/// The accounts as the citizens' login page shows them.
pub fn shown() -> Vec<DemoCitizen> {
    CITIZENS.iter().map(|(at, label)| DemoCitizen { account: id(*at), label: (*label).to_owned() }).collect()
}

/// Opens the accounts, and begins an application. Repeating it changes nothing.
pub async fn add_all(node: &Node) -> Result<()> {
    for (at, label) in CITIZENS {
        let person = person(ApplicantKind::Person, at, "01");
        let number = person.identity.as_ref().map(|identity| identity.number.as_str()).unwrap_or_default();
        let login = Credentials {
            national_id: NationalId::parse(number, Date::MAX).with_context(|| format!("the number of {label}"))?,
            mobile: Mobile::parse(person.mobile.as_deref().unwrap_or_default())
                .with_context(|| format!("the mobile of {label}"))?,
        };
        let details = Details { name: person.name, email: None, language: "ar".into() };
        accounts::open_for_demo(&node.site, id(at), login, details).await?;
    }
    represented(node).await?;
    begun(node).await
}

/// The first citizen represents a company, as a window has seen it.
async fn represented(node: &Node) -> Result<()> {
    let grantee = accounts::read(&node.site, id(0)).await?.context("the account of the first citizen")?;
    let principal = Principal {
        kind: ApplicantKind::Company,
        name: "شركة النور للتجارة والتوزيع".into(),
        number: "48213".into(),
        tax: Some("318204571".into()),
        mobile: grantee.login.mobile.as_str().to_owned(),
    };
    let since = dates::day_of(node.site.clock.now()).saturating_sub(30.days());
    let order = Order {
        principal,
        capacity: Capacity::LegalRepresentative,
        document: Document {
            number: "48213".into(), office: "مكتب سجل تجاري القاهرة".into(), dated: since
        },
        from: since,
        to: None,
        scope: Scope::All,
        scan: None,
    };
    let write = Write { mandate: derived_id("demo-mandate", "0"), command: derived_id("demo-mandate-command", "0") };
    Ok(mandates::stand_for_demo(&node.site, write, &grantee, order).await?)
}

/// The first citizen has begun to ask for a shop's provisional permit.
async fn begun(node: &Node) -> Result<()> {
    let site = &node.site;
    let login = accounts::enter(site, id(0), IpAddr::V4(Ipv4Addr::LOCALHOST), "demonstration").await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, format!("{}={}", sessions::COOKIE, login.token).parse()?);
    let viewer = sessions::viewer(site, &headers, site.clock.now()).await?;
    let today = dates::day_of(site.clock.now());
    let service = node.office.service("SHP-03", today).context("the service of the application")?;
    let begin = window::online::Begin {
        id: derived_id("demo-application", "0"),
        tenant: "01".into(),
        unit: UNIT.into(),
        mandate: None,
        service: service.code.clone(),
        hash: service.hash.clone(),
        typed: json!([
            ["command", derived_id("demo-application-command", "0").to_string()],
            ["a.shop_trade_name", "بقالة النور"],
            ["seen", "shop_trade_name"],
        ]),
    };
    window::online::begin(&node.office, &viewer, begin).await?;
    accounts::logout(site, &viewer).await?;
    Ok(())
}
