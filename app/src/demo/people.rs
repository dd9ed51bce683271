//! The people of the demonstration: one login per role, and a few more to be refused by.

use anyhow::{Context as _, Result};
use foundation::dates;
use record::follow::derived_id;
use registry::DemoAccount;
use registry::Role;
use registry::staff::rules::Asked;
use registry::staff::{self, By, Grant, NewPerson};

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

/// Adds everybody with their roles. Repeating it changes nothing: each command's id follows from its name.
pub async fn add_all(node: &Node) -> Result<()> {
    let first_day = dates::day_of(node.record.clock().now());
    for person in PEOPLE {
        let home = unit_code(node, person.roles.first().map_or(UNIT, |r| r.1))?;
        let new = NewPerson {
            command: derived_id("demo-person", person.login),
            login: person.login.into(),
            name: person.name.into(),
            unit: home,
            password: Some(PASSWORD.into()),
        };
        let added =
            staff::add(&node.site, &By::Machine, new).await.with_context(|| format!("adding {}", person.login))?;
        for (role, written, department) in person.roles {
            let unit = unit_code(node, written)?;
            // An outside body is its own department.
            let department = department.or(written.strip_prefix("body:"));
            let command = derived_id(
                "demo-role",
                &format!("{} {} {unit} {}", person.login, role.code(), department.unwrap_or("")),
            );
            let asked = Asked {
                role: *role,
                unit: unit.clone(),
                department: department.map(Into::into),
                first_day,
                last_day: None,
            };
            staff::grant(&node.site, &By::Machine, Grant { command, staff: added.staff, asked })
                .await
                .with_context(|| format!("{} as {} in {unit}", person.login, role.code()))?;
        }
    }
    Ok(())
}

fn unit_code(node: &Node, written: &str) -> Result<String> {
    let Some(body) = written.strip_prefix("body:") else { return Ok(written.to_owned()) };
    let tree = node.site.units.now();
    let department = node.office.catalogue().department(body).with_context(|| format!("no outside body {body}"))?;
    let place = tree.holder(UNIT, department).with_context(|| format!("{body} has no seat"))?;
    Ok(place.path.unit().to_owned())
}
