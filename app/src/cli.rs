//! The command line: every command with its help in Arabic and English.
//!
//! Exit codes: 0 done; 1 the answer is no (a check failed, a record does not hold); 2 wrong use;
//! 3 the work could not be done (no database, no disk, no right to a file).

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// شُبّاك: منصة المراكز التكنولوجية لخدمة المواطنين. The platform of the citizen service centres.
#[derive(Parser)]
#[command(name = "shubbak", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// Where to look and how to answer.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Args, Clone)]
pub struct Common {
    /// ملف الإعدادات. Configuration file (else shubbak.toml here, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// مجلد البيانات. Data folder (key data.folder)
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,
    /// قاعدة البيانات. Database address (key database.url)
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// إجابة تقرؤها الآلة. Answer in JSON for machines
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// تهيئة عقدة جديدة: مفاتيح وقاعدة بيانات ووحدات ودليل خدمات. Prepare a new node
    Init,
    /// تشغيل الصفحات. Serve the pages
    Serve(Serve),
    /// بيانات تجريبية. Demonstration data
    #[command(subcommand)]
    Demo(Demo),
    /// تحديث بنية قاعدة البيانات. Bring the database's schema up to date
    #[command(subcommand)]
    Migrate(Migrate),
    /// العاملون وكلمات المرور. People who work here
    #[command(subcommand)]
    User(User),
    /// مفاتيح البرامج. Keys of other systems
    #[command(subcommand)]
    ApiKey(ApiKey),
    /// استيراد عاملين ووحدات وعطلات من ملف. Take people, units and holidays over from a file
    #[command(subcommand)]
    Import(Import),
    /// دليل الخدمات. The service catalogue
    #[command(subcommand)]
    Catalogue(Catalogue),
    /// سجل الأحداث وسلامته. The event record and its soundness
    #[command(subcommand)]
    Record(RecordCommand),
    /// النسخ الاحتياطية. Backups
    #[command(subcommand)]
    Backup(Backup),
    /// المفاتيح العلنية. Public keys
    #[command(subcommand)]
    Keys(Keys),
    /// فحص شامل للعقدة. Examine the node and say what is wrong and how to mend it
    Doctor,
    /// ملف للدعم الفني بلا بيانات شخصية ولا أسرار. A file for support without personal data or secrets
    SupportBundle {
        /// الملف الناتج. Where to write it (shubbak-support-TIME.tar.gz here)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// الإعدادات. Configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// عناوين الصفحات ومن يفتحها. Every address of the pages and who may open it
    #[command(hide = true)]
    Routes,
    /// الإصدار. Version, schema and engine
    Version,
    /// إكمال الأوامر في الطرفية. Completions for the shell
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// صفحات الدليل. Manual pages, one file a command
    Man {
        /// المجلد. Folder to write them into
        folder: PathBuf,
    },
}

/// Flags of `serve`.
#[derive(Args)]
pub struct Serve {
    /// عنوان الاستماع. Address and port (key server.listen)
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
}

/// `demo`.
#[derive(Subcommand)]
pub enum Demo {
    /// تحميل. Load fictional people and cases; does nothing when they are there
    Load(DemoSize),
    /// إعادة من البداية. Throw the demonstration away and load it anew
    Reset {
        /// How large it is.
        #[command(flatten)]
        size: DemoSize,
        /// نعم، احذف. Yes, delete what is there
        #[arg(long)]
        yes: bool,
    },
}

/// How large a demonstration is.
#[derive(Args, Clone, Copy)]
pub struct DemoSize {
    /// الحجم: مركز واحد أو البلد كله في سنة. One centre with a month, or the country with a year of traffic
    #[arg(long, value_enum, default_value_t = Size::Small)]
    pub size: Size,
    /// عدد طلبات البلد. Requests of the country
    #[arg(long, default_value_t = 300_000, value_name = "N")]
    pub requests: usize,
}

/// Sizes of a demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Size {
    /// One centre, a month.
    Small,
    /// Every unit of 27 governorates, a year.
    Country,
}

/// `migrate`.
#[derive(Subcommand)]
pub enum Migrate {
    /// الموقف. What is applied and what is pending
    Status,
    /// تطبيق. Apply what is pending
    Up {
        /// عرض فقط. Only say what would be done
        #[arg(long)]
        dry_run: bool,
    },
}

/// `user`.
#[derive(Subcommand)]
pub enum User {
    /// إضافة مشرف نظام. Add a system supervisor; prints a first password
    Add {
        /// اسم الدخول. Login name
        login: String,
        /// الاسم. Name in Arabic
        #[arg(long)]
        name: String,
        /// الوحدة. Unit of the role, such as 01-G00; 00 is the ministry
        #[arg(long, default_value = "00")]
        unit: String,
        /// الدور. Role, such as supervisor, operator, catalogue_editor, auditor
        #[arg(long, default_value = "supervisor")]
        role: String,
    },
    /// كلمة مرور جديدة. Give a new first password
    Reset {
        /// اسم الدخول. Login name
        login: String,
    },
    /// إيقاف حساب. Disable an account at once
    Lock {
        /// اسم الدخول. Login name
        login: String,
    },
}

/// `api-key`.
#[derive(Subcommand)]
pub enum ApiKey {
    /// مفتاح جديد. Give a system a key to act as an account; prints it once
    Add {
        /// اسم الدخول. Login name of the account
        login: String,
        /// اسم النظام. What the system is called
        #[arg(long)]
        label: String,
        /// النطاق: inbox أو submit أو act. What the key opens: inbox, submit, act; may be repeated
        #[arg(long, required = true)]
        scope: Vec<String>,
        /// مدة الصلاحية بالأيام. Days for which it is good
        #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=1100))]
        days: u32,
        /// عدد الطلبات في الدقيقة. Calls a minute
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=600))]
        per_minute: u32,
    },
    /// عرض المفاتيح. Show the keys, never their secret
    List {
        /// اسم الدخول. Only those of an account
        login: Option<String>,
    },
    /// إلغاء مفتاح. Revoke a key at once
    Revoke {
        /// اسم الدخول. Login name of the account
        login: String,
        /// رقم المفتاح. Id of the key
        key: uuid::Uuid,
    },
}

/// `import`.
#[derive(Subcommand)]
pub enum Import {
    /// عاملون وأدوار. People with their roles
    People(ImportFile),
    /// وحدات جديدة. New units
    Units(ImportFile),
    /// عطلات. Holidays
    Holidays(ImportFile),
    /// الدفعات. What was imported
    List,
    /// تراجع عن دفعة. Take a batch back, if nobody has used what it brought
    Undo {
        /// رقم الدفعة. Number of the batch
        batch: i64,
        /// السبب. Why, for the record
        #[arg(long, default_value = "تراجع من سطر الأوامر")]
        reason: String,
        /// نعم، تراجع. Yes, take it back
        #[arg(long)]
        yes: bool,
    },
}

/// A file to import.
#[derive(Args)]
pub struct ImportFile {
    /// الملف: CSV أو إكسل. The file: CSV in UTF-8 or a spreadsheet; headings in the first row
    pub file: PathBuf,
    /// تجربة بلا كتابة. Only try it: counts and what is wrong
    #[arg(long)]
    pub dry_run: bool,
    /// ملف يسمي الأعمدة. TOML: [columns] login = "heading", [defaults] unit = "01-D16"
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// ملف الصفوف المرفوضة. Where the file with reasons goes (FILE.errors.csv)
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// ملف كلمات السر الأولى. Where first passwords go, mode 600 (FILE.passwords.csv)
    #[arg(long, value_name = "FILE")]
    pub passwords: Option<PathBuf>,
}

/// `catalogue`.
#[derive(Subcommand)]
pub enum Catalogue {
    /// فحص. Check every service file
    Check {
        /// مجلد آخر. A folder of service files instead of the shipped ones
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// شرح الرسوم والمراحل والمواعيد. Explain fees, steps and dates for given answers
    Explain {
        /// رمز الخدمة. Service code, such as BLD-02
        service: String,
        /// قيمة بيان. Answer to a field, such as plot_area_m2=120
        #[arg(long = "set", value_name = "FIELD=VALUE")]
        set: Vec<String>,
        /// مجلد آخر. A folder of service files instead of what is published or shipped
        #[arg(long)]
        folder: Option<PathBuf>,
        /// الوحدة. Unit whose calendar counts
        #[arg(long, default_value = "01-D01")]
        unit: String,
        /// تاريخ التقديم. Day of application (today)
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<String>,
    },
    /// نشر إصدار. Publish a service file from a day on
    Publish {
        /// الملف. Service file
        file: PathBuf,
        /// اعتبارًا من. First day
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: String,
    },
}

/// `record`.
#[derive(Subcommand)]
pub enum RecordCommand {
    /// رأس السجل. Print the head, to be kept elsewhere
    Head,
    /// تحقق. Verify hashes, chain and signatures
    Verify {
        /// رأس محفوظ. A head kept elsewhere, as printed by `record head`
        #[arg(long, value_name = "FILE")]
        head: Option<PathBuf>,
    },
    /// إعادة بناء الجداول من السجل. Rebuild the tables from the record
    Rebuild {
        /// مقارنة فقط. Only compare with the live tables; exit code 1 when they differ
        #[arg(long)]
        check: bool,
    },
    /// أحداث رفض الختم قبولها. Events that the sealer refuses: written beside the record
    Refused {
        /// حذف واحد منها. Delete this one, so that its stream goes on
        #[arg(long, value_name = "EVENT")]
        remove: Option<uuid::Uuid>,
    },
}

/// `backup`.
#[derive(Subcommand)]
pub enum Backup {
    /// نسخة جديدة. Make a backup without stopping
    Create,
    /// القائمة. List the backups
    List,
    /// تحقق من نسخة. Restore into a scratch place and compare
    Verify {
        /// النسخة. Name or folder
        name: String,
    },
    /// استرجاع. Restore; opens a new epoch of the record
    Restore {
        /// النسخة. Name or folder
        name: String,
        /// نعم، استبدل. Yes, replace what is there (it is set aside, not deleted)
        #[arg(long)]
        yes: bool,
    },
}

/// `keys`.
#[derive(Subcommand)]
pub enum Keys {
    /// عرض. Show the public keys and where the private ones lie
    Show,
}

/// `config`.
#[derive(Subcommand)]
pub enum ConfigCommand {
    /// كل مفتاح وقيمته ومصدره. Every key, its value and where it comes from
    Show,
    /// فحص. Check without starting
    Check,
    /// شرح مفتاح. Explain one key
    Explain {
        /// المفتاح. Key
        key: String,
    },
    /// ملف نموذجي. Print a commented example file
    Example,
}
