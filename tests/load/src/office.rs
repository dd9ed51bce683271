//! The node opened in this process, beside no server: people are added and cases stored through the
//! program's own commands, so that what is measured stands on a sound record.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use axum::http::{HeaderMap, header};
use catalogue::Catalogue;
use foundation::clock::{SharedClock, SystemClock};
use foundation::db::{Db, Engine};
use foundation::files::Files;
use foundation::ids::Ids;
use foundation::web::RateLimits;
use record::follow::derived_id;
use record::seal::Sealing;
use record::views::ViewsSlice;
use record::{Keyring, Record, Setup, Slice};
use registry::citizens::CitizenSlice;
use registry::sessions::{self, Attempt, COOKIE, Outcome, Sessions};
use registry::staff::rules::Asked;
use registry::staff::{self, By, Cost, Grant, NewPerson, StaffSlice};
use registry::units::{UnitSlice, Units};
use registry::{Role, Settings, Site, SiteParts, Viewer};
use window::papers::Issuers;
use window::{Office, OfficeParts};

/// The governorate of all cases.
pub const TENANT: &str = "01";
/// How many units the load is spread over.
pub const UNITS: usize = 10;
/// Password of everybody here; the node lives as long as the measurement.
pub const PASSWORD: &str = "load-program-only";

/// Roles of a person, each with its department where it has one.
type Roles = &'static [(Role, Option<&'static str>)];

/// Somebody at each unit: what the login begins with, and the roles.
const PEOPLE: [(&str, Roles); 4] = [
    ("clerk", &[(Role::Clerk, None)]),
    ("cashier", &[(Role::Cashier, None)]),
    ("officer", &[(Role::Reviewer, Some("SURV")), (Role::Reviewer, Some("ARCHIVE"))]),
    ("decider", &[(Role::Decider, Some("TECH"))]),
];

/// `01-D01` … `01-D10`.
pub fn unit(at: usize) -> String {
    format!("{TENANT}-D{:02}", at % UNITS + 1)
}

/// Login of somebody at a unit.
pub fn login(who: &str, at: usize) -> String {
    format!("{who}-{:02}", at % UNITS + 1)
}

/// The opened node.
pub struct Opened {
    /// What pages and commands work with.
    pub office: Office,
    _sealing: Option<Sealing>,
}

impl Opened {
    /// Opens what `shubbak init` prepared.
    pub async fn open(data: &Path, database: Option<&str>) -> Result<Self> {
        let keys = data.join("keys");
        let keyring = Keyring::load(&keys).context("the node's keys")?;
        let embedded = format!("sqlite:{}", data.join("shubbak.db").display());
        let db = Db::open(database.unwrap_or(&embedded), 16)?;
        let clock: SharedClock = SystemClock::shared();
        let ids = Arc::new(Ids::new(clock.clone()));
        let mut slices: Vec<Arc<dyn Slice>> = vec![
            Arc::new(UnitSlice),
            Arc::new(StaffSlice),
            Arc::new(CitizenSlice::new(keyring.clone())),
            Arc::new(ViewsSlice),
        ];
        slices.extend(window::slices(&keyring));
        let setup = Setup { clock: clock.clone(), ids: ids.clone(), keyring, node: "centre".into(), slices };
        let record = Record::open(&db, setup).await?;
        let sealing = (db.engine() == Engine::Postgres).then(|| record.start_sealer());
        let files = data.join("files");
        std::fs::create_dir_all(&files)?;
        let site = Site::new(SiteParts {
            units: Units::open(&db).await?,
            sessions: Sessions::new(ids.clone(), Cost::Tests),
            files: Files::local(&files)?,
            limits: RateLimits::new(clock.clone(), 1_000),
            settings: Settings::new("http://127.0.0.1"),
            catalogue: Catalogue::embedded()?,
            db,
            record,
            clock,
            ids,
        });
        let office = Office::new(OfficeParts { site, issuers: Issuers::load(&keys)? });
        Ok(Self { office, _sealing: sealing })
    }

    /// Adds four people to each unit.
    pub async fn add_people(&self) -> Result<()> {
        let first_day = foundation::dates::day_of(self.office.clock.now());
        for at in 0..UNITS {
            let unit = unit(at);
            for (who, roles) in PEOPLE {
                let login = login(who, at);
                let new = NewPerson {
                    command: derived_id("load-person", &login),
                    login: login.clone(),
                    name: "منى عبد الرحمن علي".into(),
                    unit: unit.clone(),
                    password: Some(PASSWORD.into()),
                };
                let added = staff::add(&self.office, &By::Machine, new).await.with_context(|| login.clone())?;
                for (role, department) in roles {
                    let command = derived_id("load-role", &format!("{login} {}", department.unwrap_or_default()));
                    let department = department.map(str::to_owned);
                    let asked = Asked { role: *role, unit: unit.clone(), department, first_day, last_day: None };
                    staff::grant(&self.office, &By::Machine, Grant { command, staff: added.staff, asked })
                        .await
                        .with_context(|| format!("{login} as {}", role.code()))?;
                }
            }
        }
        Ok(())
    }

    /// Somebody of a unit, signed in.
    pub async fn viewer(&self, who: &str, at: usize) -> Result<Viewer> {
        let address = IpAddr::from([127, 0, 0, 1]);
        let attempt = Attempt { login: login(who, at), password: PASSWORD.into(), address, agent: "load".into() };
        let opened = sessions::login(&self.office, attempt).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let Outcome::In(opened) = opened else { bail!("{who} of {} cannot sign in", unit(at)) };
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("{COOKIE}={}", opened.token).parse()?);
        let viewer = sessions::viewer(&self.office, &headers, self.office.clock.now()).await;
        viewer.map_err(|error| anyhow::anyhow!("{error:?}"))
    }
}
