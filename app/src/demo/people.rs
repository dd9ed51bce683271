//! The people of the demonstration: one login per role, and a few more to be refused by.

use anyhow::{Context as _, Result, bail};
use foundation::dates;
use record::follow::derived_id;
use registry::DemoAccount;
use registry::Role;
use registry::imports::{self, Mapping, Source, Table, What};
use registry::staff::rules::Asked;
use registry::staff::{self, By, Grant, NewPerson};
use uuid::Uuid;

use super::cases::Town;
use crate::node::Node;

/// Everybody's password. Printed on the login page, and good only where `site.demo` is set.
pub const PASSWORD: &str = "shubbak-demo";

/// The unit in which most of the demonstration happens: East Nasr City, Cairo.
pub const UNIT: &str = "01-D16";

/// A person: login, Arabic name, label on the login page, roles with unit and department.
pub struct DemoPerson {
    /// Login name.
    pub login: &'static str,
    /// Arabic name.
    pub name: &'static str,
    /// What the login page says.
    pub label: &'static str,
    /// Role, unit, department.
    pub roles: &'static [(Role, &'static str, Option<&'static str>)],
}

macro_rules! people {
    ($($login:literal $name:literal $label:literal [$(($role:ident $unit:literal $($department:literal)?)),+ $(,)?])+) => {
        &[$(DemoPerson {
            login: $login, name: $name, label: $label,
            roles: &[$((Role::$role, $unit, people!(@ $($department)?))),+],
        }),+]
    };
    (@) => { None };
    (@ $department:literal) => { Some($department) };
}

/// Everybody. Outside bodies have no fixed unit code here: `body:CODE` is looked up in the tree.
pub const PEOPLE: &[DemoPerson] = people! {
    "clerk" "منى عبد الفتاح السيد" "موظفة الشباك، حي شرق مدينة نصر" [(Clerk "01-D16")]
    "cashier" "حسام الدين فؤاد" "المحصل، حي شرق مدينة نصر" [(Cashier "01-D16")]
    "officer" "أحمد رجب منصور" "موظف المراجعة: الهندسية والتراخيص والبيئة والإيرادات" [
        (Reviewer "01-D16" "TECH"), (Reviewer "01-D16" "ENG"), (Reviewer "01-D16" "LIC"), (Reviewer "01-D16" "ENV"),
        (Reviewer "01-D16" "REV"), (Reviewer "01-D16" "PLAN"), (Reviewer "01-D16" "OCCU"), (Reviewer "01-D16" "ADV"),
        (Reviewer "01-D16" "LEG"), (Reviewer "01-D16" "PROP"), (Reviewer "01-D16" "ARCHIVE"), (Reviewer "01-D16" "SURV"),
        (Reviewer "01-G00" "NETINFO"), (Reviewer "01-G00" "GOV"), (Reviewer "01-D16" "SPAT"), (Reviewer "01-D16" "ROAD"),
    ]
    "decider" "سامية حسين عوض" "مديرة الإدارة: القرار والإصدار" [
        (Decider "01-D16" "ENG"), (Decider "01-D16" "LIC"), (Decider "01-D16" "PLAN"), (Decider "01-D16" "OCCU"),
        (Decider "01-D16" "ADV"), (Decider "01-D16" "PROP"), (Decider "01-D16" "ARCHIVE"), (Decider "01-D16" "REV"),
        (Decider "01-D16" "TECH"), (Decider "01-D16" "ENV"), (Decider "01-D16" "LEG"), (Decider "01-D16" "ROAD"),
        (Decider "01-D16" "SURV"), (Decider "01-D16" "SPAT"),
    ]
    "inspector" "كريم عادل شوقي" "المعاين" [
        (Inspector "01-D16" "LIC"), (Inspector "01-D16" "ENG"), (Inspector "01-D16" "OCCU"), (Inspector "01-D16" "ADV"),
        (Inspector "01-D16" "PROP"), (Inspector "01-D16" "ENV"), (Inspector "01-D16" "PLAN"), (Inspector "01-D16" "SURV"),
    ]
    "titles" "نجلاء يوسف كامل" "مراجعة المستندات الشخصية" [(TitleChecker "01-D16" "LEG")]
    "secretary" "عماد جرجس ميخائيل" "أمين اللجان" [
        (CommitteeSecretary "01-D16" "C_DANGER"), (CommitteeSecretary "01-G00" "C_DEMO"), (CommitteeSecretary "01-D16" "C_REC"),
        (CommitteeSecretary "01-G00" "C_PARK"), (CommitteeSecretary "01-G00" "C_PRICE"), (CommitteeSecretary "01-G00" "C_LAND"),
        (CommitteeSecretary "01-G00" "C_HOUS"),
    ]
    "civdef" "رائد محمود صبري" "الحماية المدنية (جهة خارجية)" [(BodyOfficer "body:CIVDEF")]
    "bodies" "هاني شريف رمزي" "جهات خارجية أخرى: الأمن والصحة والمرافق" [
        (BodyOfficer "body:POLICE"), (BodyOfficer "body:HEALTH"), (BodyOfficer "body:FOOD"), (BodyOfficer "body:WATER"),
        (BodyOfficer "body:POWER"), (BodyOfficer "body:GAS"), (BodyOfficer "body:TELECOM"), (BodyOfficer "body:TRAFFIC"),
        (BodyOfficer "body:AGRI"), (BodyOfficer "body:HERIT"), (BodyOfficer "body:DEFENCE"), (BodyOfficer "body:ANTIQ"),
        (BodyOfficer "body:IRRIG"), (BodyOfficer "body:ADAGENCY"),
    ]
    "head" "اللواء طارق نبيل حجازي" "رئيس حي شرق مدينة نصر" [(UnitHead "01-D16"), (UnitHead "01-G00")]
    "manager" "دعاء مصطفى الجندي" "مديرة المركز التكنولوجي بحي شرق مدينة نصر وبحي المعادي" [(CentreManager "01-D16"), (CentreManager "01-D33")]
    "followup" "وليد إبراهيم الشافعي" "لجنة المتابعة بمحافظة القاهرة" [(FollowUp "01-G00")]
    "supervisor" "إيمان صلاح عثمان" "مشرفة النظام بمحافظة القاهرة" [(Supervisor "01-G00")]
    "giza" "ياسر حمدي البنا" "مشرف النظام بمحافظة الجيزة" [(Supervisor "21-G00")]
    "catalogue" "هالة ممدوح زكي" "محررة دليل الخدمات بالوزارة" [(CatalogueEditor "00")]
    "auditor" "مدحت كمال السباعي" "المفتش" [(Auditor "00")]
    "operator" "بيتر سمير عزيز" "مشغل النظام" [(Operator "00")]
    "maadi" "شيماء أشرف حلمي" "موظفة الشباك بحي المعادي" [(Clerk "01-D33")]
    "dokki" "رضا فتحي سلامة" "موظف الشباك بمحافظة الجيزة" [(Clerk "21-G00")]
};

/// The accounts as the login page shows them.
pub fn accounts() -> Vec<DemoAccount> {
    PEOPLE
        .iter()
        .map(|p| DemoAccount {
            login: p.login.into(),
            password: PASSWORD.into(),
            label: format!("{}: {}", p.label, p.name),
        })
        .collect()
}

/// Those who work on cases, by login name: every town needs them.
pub const WORKERS: [&str; 11] = [
    "clerk",
    "cashier",
    "officer",
    "decider",
    "inspector",
    "titles",
    "secretary",
    "civdef",
    "bodies",
    "head",
    "supervisor",
];

/// Adds everybody with their roles. Repeating it changes nothing: each command's id follows from its name.
pub async fn add_all(node: &Node) -> Result<()> {
    add(node, &Town::home(), PEOPLE.iter()).await
}

/// Adds the workers of another town, under names of its own.
pub async fn add_town(node: &Node, town: &Town) -> Result<()> {
    add(node, town, PEOPLE.iter().filter(|person| WORKERS.contains(&person.login))).await
}

async fn add(node: &Node, town: &Town, people: impl Iterator<Item = &DemoPerson>) -> Result<()> {
    let first_day = dates::day_of(node.record.clock().now());
    for person in people {
        let login = format!("{}{}", person.login, town.suffix);
        let home = unit_code(node, town, person.roles.first().map_or(UNIT, |r| r.1))?;
        let new = NewPerson {
            command: derived_id("demo-person", &login),
            login: login.clone(),
            name: person.name.into(),
            unit: home,
            password: Some(PASSWORD.into()),
        };
        let added =
            staff::add(&node.site, &By::Machine, new).await.with_context(|| format!("adding {}", person.login))?;
        for (role, written, department) in person.roles {
            let unit = unit_code(node, town, written)?;
            // An outside body is its own department.
            let department = department.or(written.strip_prefix("body:"));
            let command =
                derived_id("demo-role", &format!("{login} {} {unit} {}", role.code(), department.unwrap_or("")));
            let asked = Asked {
                role: *role,
                unit: unit.clone(),
                department: department.map(Into::into),
                first_day,
                last_day: None,
            };
            staff::grant(&node.site, &By::Machine, Grant { command, staff: added.staff, asked })
                .await
                .with_context(|| format!("{login} as {} in {unit}", role.code()))?;
        }
    }
    Ok(())
}

/// Some who came from a file, so that the list of imports shows one.
const IMPORTED: &str = "اسم الدخول,الاسم,الوحدة,الدور\n\
    hala.maadi,هالة سعيد عبد الباقي,01-D33,موظف الشباك\n\
    essam.maadi,عصام فتحي رمضان,01-D33,المحصل\n\
    rania.maadi,رانيا ممدوح حسني,01-D33,\n";

/// Takes the file over, once.
pub async fn add_imported(node: &Node) -> Result<()> {
    let command = derived_id("demo-import", "people");
    if imports::carried_out(&node.site, command).await?.is_some() {
        return Ok(());
    }
    import(node, command, "موظفو حي المعادي.csv", IMPORTED).await
}

/// Takes a file of people over.
pub async fn import(node: &Node, command: Uuid, file: &str, rows: &str) -> Result<()> {
    let table = Table::read(rows.as_bytes())?;
    let plan = imports::plan(&node.site, &By::Machine, What::People, &table, &Mapping::default(), command).await?;
    if let Some(wrong) = plan.wrong.first() {
        bail!("row {} of {file}: {} {}", wrong.line, wrong.column, wrong.reason);
    }
    let prepared = imports::prepare(&node.site, plan, command).await?;
    imports::carry_out(&node.site, &By::Machine, &prepared, &Source::of(file, rows.as_bytes())).await?;
    Ok(())
}

/// Where a role of the table is held in a town: its unit, its governorate, its outside bodies.
fn unit_code(node: &Node, town: &Town, written: &str) -> Result<String> {
    let Some(body) = written.strip_prefix("body:") else {
        return Ok(match (written, town.suffix.is_empty()) {
            (UNIT, false) => town.unit.clone(),
            ("01-G00", false) => format!("{}-G00", town.tenant),
            _ => written.to_owned(),
        });
    };
    let tree = node.site.units.now();
    let department = node.office.catalogue().department(body).with_context(|| format!("no outside body {body}"))?;
    let place = tree.holder(&town.unit, department).with_context(|| format!("{body} has no seat"))?;
    Ok(place.path.unit().to_owned())
}
