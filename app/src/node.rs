//! A node: database, keys, record, site and office, wired together in one place.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use catalogue::Catalogue;
use ed25519_dalek::{SigningKey, VerifyingKey};
use foundation::clock::{Micros, SharedClock};
use foundation::db::Db;
use foundation::files::Files;
use foundation::ids::Ids;
use foundation::web::RateLimits;
use record::follow::{Follower, Following};
use record::seal::Sealing;
use record::views::{DigestJob, Logging, ViewLog, ViewsSlice};
use record::{Keyring, Record, Setup, Slice, jobs};
use registry::accounts::{AccountSlice, CodesJob};
use registry::citizens::CitizenSlice;
use registry::imports::ImportSlice;
use registry::kept::KeptJob;
use registry::mandates::MandateSlice;
use registry::sessions::Sessions;
use registry::staff::{Cost, StaffSlice};
use registry::units::{Seeding, UnitSlice, Units};
use registry::{Settings, Site, SiteParts};
use window::licences::jobs::WatchJob;
use window::notices::Silence;
use window::online::ApplicationsJob;
use window::papers::Issuers;
use window::public::PublishedKeys;
use window::queue::jobs::BookingsJob;
use window::requests::drafts::DraftsJob;
use window::requests::follow::RedateJob;
use window::requests::jobs::LimitsJob;
use window::uploads::SweepJob;
use window::{Office, OfficeParts, services};

use crate::config::Config;
use crate::demo;
use crate::lock::Lock;
use crate::post;

/// Name of the node in its events; one database is one node.
const NODE: &str = "centre";
/// Label of the key that signs the list of issuing keys.
const ROOT: &str = "root";
/// The sealer writes one batch at a time and looks what waits.
const SEALER_CONNECTIONS: usize = 2;
/// The most things whose rate is remembered.
const RATES: usize = 100_000;

/// An open node.
pub struct Node {
    /// The database.
    pub db: Db,
    /// The event record.
    pub record: Record,
    /// What every page shares.
    pub site: Site,
    /// What the window's pages share.
    pub office: Office,
    /// Keys of the governorates that it issues for.
    pub issuers: Issuers,
    /// Signs the list of issuing keys.
    pub root: SigningKey,
    /// Who opened which file.
    pub views: ViewLog,
    /// What leaves the node.
    pub post: post::Office,
    silence: Silence,
    _lock: Lock,
}

/// What runs beside the pages; it ends when this is dropped.
pub struct Background {
    _watching: services::Watching,
    _sealing: Sealing,
    _following: Following,
    _jobs: jobs::Running,
    _views: Logging,
    _post: post::Background,
}

/// How a node is opened.
pub struct Opening {
    /// Settings of the pages.
    pub settings: Settings,
    /// What tells the time.
    pub clock: SharedClock,
    /// How dear a guess at a password is.
    pub cost: Cost,
}

impl Opening {
    /// As a server or a command opens it.
    pub fn usual(config: &Config, settings: Settings) -> Self {
        Opening { settings, clock: demo::clock(config), cost: Cost::Usual }
    }
}

impl Node {
    /// Opens a node that `init` has prepared.
    pub async fn open(config: &Config, opening: Opening) -> Result<Node> {
        let Opening { settings, clock, cost } = opening;
        let folder = config.keys();
        if !folder.join("node.key").exists() {
            bail!("there is no node in {}; `shubbak init` prepares one", config.folder().display());
        }
        let lock = Lock::together(&config.folder())?;
        let keyring = Keyring::load(&folder).context("the node's keys")?;
        let issuers = Issuers::load(&folder).context("the issuing keys")?;
        let root = SigningKey::from_bytes(&record::read_key(&folder, ROOT).context("the root key")?);
        let db = Db::open(&config.database(), config.get("database.connections").parse()?).context("the database")?;
        let pending = db.pending().await.context("the schema")?.pending;
        if !pending.is_empty() {
            bail!(
                "the database waits for {} migrations ({}); `shubbak migrate up` applies them, on PostgreSQL with the owner's address in database.owner_url",
                pending.len(),
                pending.join(", ")
            );
        }
        let sealing = match config.sealer_database() {
            Some(url) => Db::open(&url, SEALER_CONNECTIONS).context("the sealer's database")?,
            None => db.clone(),
        };
        let ids = Arc::new(Ids::new(clock.clone()));
        let slices = slices(&keyring);
        let setup = Setup { clock: clock.clone(), ids: ids.clone(), keyring, node: NODE.into(), slices };
        let record = Record::open_sealed_by(&db, &sealing, setup).await.context("the record")?;
        let catalogue = Catalogue::embedded().context("the service guide")?;
        let files = open_files(config)?;
        let site = Site::new(SiteParts {
            db: db.clone(),
            record: record.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            catalogue,
            files,
            units: Units::open(&db).await?,
            sessions: Sessions::new(ids, cost),
            limits: RateLimits::new(clock, RATES),
            settings,
        });
        let office = Office::new(OfficeParts { site: site.clone(), issuers: issuers.clone() });
        services::load(&office).await.context("the published services")?;
        let views = ViewLog::new(&record);
        let post = post::Office::open(config, &db, record.keyring(), site.clock.clone(), site.ids.clone())?;
        let silence = post::silence(config)?;
        Ok(Node { db, record, site, office, issuers, root, views, post, silence, _lock: lock })
    }

    /// Starts sealer, followers, jobs and the log of views.
    pub async fn start(&self) -> Result<Background> {
        DigestJob::plan(&self.db, self.record.clock().now()).await?;
        let jobs: Vec<Arc<dyn jobs::Job>> = vec![
            Arc::new(DigestJob::new(&self.record)),
            Arc::new(SweepJob::new(self.office.clone())),
            Arc::new(DraftsJob::new(self.office.clone())),
            Arc::new(KeptJob::new(self.site.clone())),
            Arc::new(CodesJob::new(self.site.clone())),
            Arc::new(ApplicationsJob::new(self.office.clone())),
            Arc::new(RedateJob::new(self.office.clone())),
            Arc::new(LimitsJob::new(self.office.clone())),
            Arc::new(self.post.post.sweeping()),
            Arc::new(BookingsJob::new(self.office.clone())),
            Arc::new(WatchJob::new(self.office.clone())),
        ];
        let jobs = jobs::Runner::new(&self.db, self.record.clock().clone(), jobs);
        jobs.plan().await?;
        Ok(Background {
            _watching: services::watch(&self.office),
            _sealing: self.record.start_sealer(),
            _following: self.record.start_followers(&self.followers()),
            _jobs: jobs.start(),
            _views: self.views.start(),
            _post: self.post.start(),
        })
    }

    /// Waits until what a command recorded is sealed, by a running server or, where there is none,
    /// by this process. On SQLite the commit has sealed it.
    pub async fn seal(&self) -> Result<()> {
        let _sealing = self.record.start_sealer();
        for _ in 0..100 {
            // What the sealer refuses is told by `doctor`, and holds up nobody else.
            if self.record.unsealed(&mut self.db.reader()).await?.waiting == 0 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("it is written, and waits to be sealed; `shubbak doctor` says why")
    }

    /// The reactions of the slices.
    pub fn followers(&self) -> Vec<Arc<dyn Follower>> {
        window::followers(&self.office, &self.silence)
    }

    /// The list of issuing keys as the root signs it: in use since the node's first epoch.
    pub fn published_keys(&self) -> Result<PublishedKeys> {
        let list = self.issuers.list(self.record.epoch().opened_at.seconds());
        Ok(PublishedKeys::read(list.sign(&self.root)?, &self.root_public())?)
    }

    /// The public half of the root key.
    pub fn root_public(&self) -> VerifyingKey {
        self.root.verifying_key()
    }
}

/// Every slice of the program.
pub fn slices(keyring: &Keyring) -> Vec<Arc<dyn Slice>> {
    let mut slices: Vec<Arc<dyn Slice>> = vec![
        Arc::new(UnitSlice),
        Arc::new(StaffSlice),
        Arc::new(ImportSlice),
        Arc::new(CitizenSlice::new(keyring.clone())),
        Arc::new(AccountSlice::new(keyring.clone())),
        Arc::new(MandateSlice::new(keyring.clone())),
        Arc::new(ViewsSlice),
    ];
    slices.extend(window::slices(keyring));
    slices
}

/// Where uploads lie.
pub fn open_files(config: &Config) -> Result<Files> {
    if let Some(s3) = config.s3() {
        return Ok(Files::s3(&s3)?);
    }
    let folder = match config.get("files.url") {
        "" => config.folder().join("files"),
        folder => PathBuf::from(folder),
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(Files::local(&folder)?)
}

/// Makes folders, keys and schema where they are missing, and loads tree and guide into a record
/// that has none. Repeating it changes nothing. Says whether the record was begun now.
pub async fn init(config: &Config, clock: SharedClock) -> Result<bool> {
    private_folder(&config.folder())?;
    let keys = config.keys();
    let mut rng = rand::rng();
    if !keys.join("node.key").exists() {
        Keyring::create(&keys, &mut rng)?;
    }
    if !keys.join(format!("{ROOT}.key")).exists() {
        record::write_key(&keys, ROOT, &rand::Rng::random(&mut rng))?;
    }
    for governorate in catalogue::governorates()? {
        if !keys.join(format!("issuing-{}.key", governorate.code)).exists() {
            Issuers::write(&keys, &governorate.code, &rand::Rng::random(&mut rng))?;
        }
    }
    let applied = migrate(config, clock.now()).await?.0;
    if !applied.is_empty() {
        tracing::info!(count = applied.len(), "migrations applied");
    }
    let node =
        Node::open(config, Opening { clock, ..Opening::usual(config, Settings::new(config.public_url())) }).await?;
    let begun = node.site.units.now().units().is_empty();
    if begun {
        let _sealing = node.record.start_sealer();
        let catalogue = node.office.catalogue();
        let (governorates, all, holidays) = (catalogue::governorates()?, catalogue::units()?, catalogue::holidays()?);
        let what = Seeding {
            governorates: &governorates,
            units: &all,
            departments: &catalogue.registers().departments,
            holidays: &holidays,
            only: None,
        };
        registry::units::seed(&node.record, what).await.context("the tree of units")?;
        node.site.units.reload(&node.db).await?;
        window::services::publish_shipped(&node.office).await.context("the service guide")?;
        node.seal().await?;
    }
    Ok(begun)
}

/// Applies what is pending and gives the roles their rights: as the owner where one is configured,
/// else as the one role there is. Gives the names of the migrations and whether rights changed.
pub async fn migrate(config: &Config, now: Micros) -> Result<(Vec<String>, bool)> {
    let url = config.owner_database().unwrap_or_else(|| config.database());
    let db = Db::open(&url, 2).context("the database")?;
    let applied = db.migrate(now).await.context("the schema")?;
    let granted = match config.owner_database() {
        Some(_) => grant(config, &db).await?,
        None => false,
    };
    Ok((applied, granted))
}

/// Gives the roles of the configuration their rights in a database of the owner's.
pub async fn grant(config: &Config, owner: &Db) -> Result<bool> {
    match config.roles()? {
        Some(roles) => owner.grant(&roles).await.context("the rights of the database's roles"),
        None => Ok(false),
    }
}

fn private_folder(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("cannot make {}", folder.display()))
}
