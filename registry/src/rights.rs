//! Roles, rights and the one table that joins them (الأدوار والصلاحيات).
//!
//! A role is held at a place for a time; a right is what a route or a command asks for. Nothing else
//! in the product decides who may do what: a page asks `viewer.grant(right, &place)`, a command asks
//! [`crate::access::confirm`] inside its transaction, and both read [`TABLE`].

use serde::{Deserialize, Serialize};

use crate::place::Reach;

/// What a person is at a place (الدور).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Window clerk (موظف الشباك).
    Clerk,
    /// Cashier (المحصل).
    Cashier,
    /// Back-office officer who checks, reviews and assesses (موظف الإدارة المختصة).
    Reviewer,
    /// Officer who decides and issues in a department (مسئول القرار).
    Decider,
    /// Field inspector (المعاين).
    Inspector,
    /// Opens identity and title papers, and does nothing else (مراجع المستندات الشخصية).
    TitleChecker,
    /// Secretary of a committee: sittings and their decisions (أمين اللجنة).
    CommitteeSecretary,
    /// Officer of an outside body (موظف الجهة الخارجية).
    BodyOfficer,
    /// Head of a markaz, city or district (رئيس المركز/المدينة/الحي).
    UnitHead,
    /// Manager of a technological centre (مدير المركز التكنولوجي).
    CentreManager,
    /// Member of the follow-up committee (لجنة المتابعة).
    FollowUp,
    /// System supervisor: people, roles, places (مشرف النظام).
    Supervisor,
    /// Editor of the service catalogue (محرر دليل الخدمات).
    CatalogueEditor,
    /// Auditor (المفتش).
    Auditor,
    /// Operator of the node: health, backups (مشغل النظام).
    Operator,
}

/// What a route or a command asks for (الصلاحية).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Take requests in at a window, park drafts, print slips, void within the first minutes (تلقي الطلبات).
    TakeRequests,
    /// Void a request after the first minutes (إلغاء قيد طلب).
    VoidRequests,
    /// Hand finished papers over (التسليم).
    HandOver,
    /// Enter a payment (التحصيل).
    CollectPayments,
    /// Find a person or company by name or national id (البحث عن مقدم طلب).
    FindPersons,
    /// Correct or erase a person's data (تصحيح بيانات شخص أو محوها).
    CorrectPersons,
    /// Open the file of a case (فتح ملف الطلب).
    ReadCases,
    /// Check completeness and review: accept, return, ask, refuse as far as the step allows (الفحص والمراجعة).
    ReviewSteps,
    /// Decide a step on which the request stands or falls (البت).
    DecideSteps,
    /// Work a step held by an outside body (رأي الجهة الخارجية).
    AnswerForBody,
    /// Appoint inspections (تحديد موعد المعاينة).
    PlanInspections,
    /// Report a visit (إثبات المعاينة).
    Inspect,
    /// Open papers that identify a person, and attest to them (مراجعة المستندات الشخصية).
    OpenIdentityPapers,
    /// Hold a committee's sittings and enter its decisions (جلسات اللجنة).
    HoldSittings,
    /// Assess a fee within its range (تقدير الرسوم).
    AssessFees,
    /// Approve as head of the unit (الاعتماد).
    Approve,
    /// Decide on objections to refusals (البت في التظلمات).
    DecideObjections,
    /// Issue the paper (الإصدار).
    IssuePapers,
    /// Revoke or suspend an issued paper (إلغاء رخصة أو وقفها).
    RevokePapers,
    /// Order and lift licensing freezes (وقف الترخيص).
    FreezeLicensing,
    /// Extend a limit with a reason (مد المدة).
    ExtendLimits,
    /// Move work between people and departments (إعادة التوزيع).
    Reassign,
    /// See what is late and where (متابعة سير العمل).
    FollowProgress,
    /// See people and their roles (عرض العاملين).
    ViewPeople,
    /// Add people, disable them, reset their passwords (إدارة العاملين).
    ManagePeople,
    /// Give and withdraw roles (منح الأدوار وسحبها).
    GrantRoles,
    /// Add units to the tree (إضافة الوحدات).
    ManageUnits,
    /// Windows of a centre, committees' members (إدارة الشبابيك واللجان).
    ManageWindows,
    /// Working hours (إدارة مواعيد العمل).
    ManageHours,
    /// Holidays of the place (إدارة العطلات).
    ManageHolidays,
    /// Publish services (تحرير دليل الخدمات).
    EditCatalogue,
    /// Enter a governorate's own figures and tariffs (أرقام المحافظة).
    SetLocalFigures,
    /// Call tickets to a window and give them out (خدمة الطابور).
    ServeQueue,
    /// Kiosks, priorities and appointments of a centre (إدارة الطابور والمواعيد).
    ManageQueue,
    /// Read the event record (قراءة السجل).
    ReadRecord,
    /// Health of the node, backups, keys (تشغيل النظام).
    OperateNode,
}

impl Role {
    /// Every role, in the order in which pages list them.
    pub const ALL: [Role; 15] = {
        use Role::*;
        [
            Clerk,
            Cashier,
            Reviewer,
            Decider,
            Inspector,
            TitleChecker,
            CommitteeSecretary,
            BodyOfficer,
            UnitHead,
            CentreManager,
            FollowUp,
            Supervisor,
            CatalogueEditor,
            Auditor,
            Operator,
        ]
    };

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Cashier => "cashier",
            Role::Reviewer => "reviewer",
            Role::Decider => "decider",
            Role::Inspector => "inspector",
            Role::TitleChecker => "title_checker",
            Role::CommitteeSecretary => "committee_secretary",
            Role::BodyOfficer => "body_officer",
            Role::UnitHead => "unit_head",
            Role::CentreManager => "centre_manager",
            Role::FollowUp => "follow_up",
            Role::Supervisor => "supervisor",
            Role::CatalogueEditor => "catalogue_editor",
            Role::Auditor => "auditor",
            Role::Operator => "operator",
        }
    }

    /// The role with this stored code.
    pub fn from_code(code: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Key of the Arabic name in the message files.
    pub fn message(self) -> String {
        format!("registry-role-{}", self.code().replace('_', "-"))
    }

    /// The rights of this role.
    pub fn rights(self) -> impl Iterator<Item = Right> {
        TABLE.iter().filter(move |row| row.roles.contains(&self)).map(|row| row.right)
    }

    /// Whether this role has the right.
    pub fn has(self, right: Right) -> bool {
        right.row().is_some_and(|row| row.roles.contains(&self))
    }

    /// How high the role stands when roles are granted.
    pub fn rank(self) -> u8 {
        use Role::*;
        match self {
            Clerk | Cashier | Reviewer | Inspector | TitleChecker | CommitteeSecretary | BodyOfficer => 1,
            Decider | CentreManager => 2,
            UnitHead | FollowUp => 3,
            Supervisor | CatalogueEditor | Auditor => 4,
            Operator => 5,
        }
    }

    /// The highest rank that a holder of this role may give to others; `None` for who grants nothing.
    pub fn may_grant(self) -> Option<u8> {
        match self {
            Role::Supervisor => Some(4),
            _ => None,
        }
    }

    /// Whether only somebody above the place may give the role there: nobody appoints their own auditor.
    pub fn from_above_only(self) -> bool {
        self == Role::Auditor
    }

    /// Where the role is held.
    pub fn seat(self) -> Seat {
        use Role::*;
        match self {
            Clerk | Cashier | CentreManager => Seat::Centre,
            Reviewer | Decider | Inspector | TitleChecker | CommitteeSecretary => Seat::Department,
            BodyOfficer => Seat::Body,
            UnitHead => Seat::Unit,
            FollowUp | Supervisor | Auditor => Seat::AnyUnit,
            CatalogueEditor | Operator => Seat::Ministry,
        }
    }
}

/// At what kind of place a role can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seat {
    /// A unit that has a centre.
    Centre,
    /// A department or committee of a unit; the assignment names it.
    Department,
    /// An outside body.
    Body,
    /// A governorate or local unit.
    Unit,
    /// The ministry, a governorate or a local unit.
    AnyUnit,
    /// The ministry only.
    Ministry,
}

/// One row of the table: a right, how far it reaches, who has it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The right.
    pub right: Right,
    /// How far down the tree it reaches.
    pub reach: Reach,
    /// The roles that have it.
    pub roles: &'static [Role],
}

const fn row(right: Right, reach: Reach, roles: &'static [Role]) -> Row {
    Row { right, reach, roles }
}

/// Role × right, the only one.
pub const TABLE: &[Row] = {
    use Reach::{Below, Here};
    use Role::*;
    &[
        row(Right::TakeRequests, Here, &[Clerk]),
        row(Right::VoidRequests, Here, &[CentreManager]),
        row(Right::HandOver, Here, &[Clerk]),
        row(Right::CollectPayments, Here, &[Cashier]),
        row(Right::FindPersons, Here, &[Clerk, Cashier]),
        row(Right::CorrectPersons, Here, &[Clerk]),
        row(
            Right::ReadCases,
            Here,
            &[
                Clerk,
                Cashier,
                Reviewer,
                Decider,
                Inspector,
                TitleChecker,
                CommitteeSecretary,
                BodyOfficer,
                UnitHead,
                CentreManager,
            ],
        ),
        row(Right::ReviewSteps, Here, &[Reviewer, Decider]),
        row(Right::DecideSteps, Here, &[Decider, UnitHead]),
        row(Right::AnswerForBody, Here, &[BodyOfficer]),
        row(Right::PlanInspections, Here, &[Reviewer, Decider, Inspector]),
        row(Right::Inspect, Here, &[Inspector]),
        row(Right::OpenIdentityPapers, Here, &[Clerk, TitleChecker]),
        row(Right::HoldSittings, Here, &[CommitteeSecretary]),
        row(Right::AssessFees, Here, &[Reviewer, Decider]),
        row(Right::Approve, Here, &[UnitHead]),
        row(Right::DecideObjections, Below, &[UnitHead]),
        row(Right::IssuePapers, Here, &[Reviewer, Decider]),
        row(Right::RevokePapers, Here, &[UnitHead]),
        row(Right::FreezeLicensing, Below, &[UnitHead]),
        row(Right::ExtendLimits, Here, &[Decider, UnitHead]),
        row(Right::Reassign, Here, &[CentreManager, UnitHead]),
        row(Right::FollowProgress, Below, &[CentreManager, UnitHead, FollowUp]),
        row(Right::ViewPeople, Below, &[Supervisor, Auditor]),
        row(Right::ManagePeople, Below, &[Supervisor]),
        row(Right::GrantRoles, Below, &[Supervisor]),
        row(Right::ManageUnits, Below, &[Supervisor]),
        row(Right::ManageWindows, Below, &[Supervisor, CentreManager]),
        row(Right::ManageHours, Below, &[Supervisor]),
        row(Right::ManageHolidays, Below, &[Supervisor]),
        row(Right::EditCatalogue, Below, &[CatalogueEditor]),
        row(Right::SetLocalFigures, Below, &[Supervisor, CatalogueEditor]),
        row(Right::ServeQueue, Here, &[Clerk, Cashier]),
        row(Right::ManageQueue, Here, &[CentreManager]),
        row(Right::ReadRecord, Below, &[Auditor]),
        row(Right::OperateNode, Below, &[Operator]),
    ]
};

impl Right {
    /// The right's row in the table.
    pub fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.right == self)
    }

    /// How far the right reaches.
    pub fn reach(self) -> Reach {
        self.row().map_or(Reach::Here, |row| row.reach)
    }

    /// Key of the Arabic name in the message files.
    pub fn message(self) -> String {
        let mut words = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !words.is_empty() {
                words.push('-');
            }
            words.push(letter.to_ascii_lowercase());
        }
        format!("registry-right-{words}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_right_has_one_row_and_somebody_who_holds_it() {
        let rights: BTreeSet<Right> = TABLE.iter().map(|row| row.right).collect();
        assert_eq!(rights.len(), TABLE.len(), "a right stands twice in the table");
        // The last variant's discriminant counts the variants.
        assert_eq!(rights.len(), Right::OperateNode as usize + 1, "a right is missing from the table");
        for row in TABLE {
            let roles: BTreeSet<Role> = row.roles.iter().copied().collect();
            assert_eq!(roles.len(), row.roles.len(), "{:?} names a role twice", row.right);
            assert!(!roles.is_empty(), "{:?} belongs to nobody", row.right);
        }
    }

    #[test]
    fn every_role_has_rights_and_a_code_of_its_own() {
        assert_eq!(Role::ALL.len(), Role::Operator as usize + 1);
        for role in Role::ALL {
            assert!(role.rights().count() > 0, "{role:?} can do nothing");
            assert_eq!(Role::from_code(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).ok(), Some(role.code().into()));
        }
    }

    #[test]
    fn the_title_checker_opens_papers_and_does_nothing_else() {
        let rights: Vec<Right> = Role::TitleChecker.rights().collect();
        assert_eq!(rights, [Right::ReadCases, Right::OpenIdentityPapers]);
    }

    #[test]
    fn who_gives_roles_works_on_no_case() {
        for role in Role::ALL.into_iter().filter(|role| role.has(Right::GrantRoles)) {
            assert!(role.rights().all(|right| right.reach() == Reach::Below), "{role:?}");
            assert!(role.may_grant().is_some());
        }
        for role in Role::ALL.into_iter().filter(|role| role.may_grant().is_some()) {
            assert!(role.has(Right::GrantRoles));
        }
    }
}
