//! The table in `docs/benchmarks.md`.

use std::fmt::Write as _;

use crate::engine::{Figures, Stock};
use crate::machine;
use crate::postgres::SETTINGS;
use crate::seed::OPEN;

/// What is reported besides the engines.
pub struct Common {
    /// `release` or `dev`.
    pub profile: String,
    /// How it was called.
    pub command: String,
    /// Bytes of the program.
    pub binary: u64,
    /// Licence PDFs in a second.
    pub licences: f64,
    /// QR verifications in a second.
    pub verifications: f64,
    /// Description of the machine, taken at the start.
    pub machine: Vec<(&'static str, String)>,
    /// Load of the machine at the end.
    pub load_after: String,
    /// Stored cases that the long list was to have.
    pub large: usize,
}

/// What a figure is held to.
#[derive(Clone, Copy)]
enum Aim {
    AtLeast(f64, f64),
    AtMost(f64, f64),
}

struct Line<'a> {
    name: &'a str,
    aim: Option<Aim>,
    values: Vec<Option<f64>>,
    digits: usize,
}

/// The whole page.
pub fn page(common: &Common, engines: &[Figures]) -> String {
    let mut text = String::from("# Figures\n\nWritten by `make bench`; do not edit by hand. ");
    text.push_str("What is measured is workload W of the architecture, over HTTP with sessions, rights, form tokens, idempotency, record and seals on: create a case of CER-04 (five fields that are always asked, two that follow from an answer, three documents), five transitions (payment, two reviews, issue of a signed certificate, hand-over) by four different people, read, list 25 filtered. Eight requests make a case, spread over 10 units; each answers with a page in Arabic or a redirect. A client sends ids of forms that it made itself, so that no page is opened only to be sent.\n\n");
    if common.profile != "release" {
        let _infallible = writeln!(
            text,
            "**The program was built with the profile `{}`: its own crates are not optimised. These are not the figures of a release; `make bench` measures those.**\n",
            common.profile
        );
    }
    text.push_str("## Machine\n\n| | |\n|---|---|\n");
    for (name, value) in &common.machine {
        let _infallible = writeln!(text, "| {name} | {value} |");
    }
    let _infallible = writeln!(text, "| Other load at the end | {} |", common.load_after);
    let _infallible =
        writeln!(text, "| Cores | server and database on core {}, client on core 1 |", machine::SERVER_CORE);
    let _infallible = writeln!(
        text,
        "| PostgreSQL's settings | `{SETTINGS}` |\n| SQLite's settings | write-ahead log, `synchronous = FULL` |"
    );
    let _infallible = writeln!(
        text,
        "| Stored before | {} cases; {OPEN} wait at the desk that is listed in each unit, the others are closed |",
        engines.first().map_or(0, |e| e.stocks.first().map_or(0, |s| s.cases))
    );
    let _infallible = writeln!(text, "| Command | `{}` |\n", common.command);
    text.push_str("## Table\n\nAn aim that is missed is followed by how much.\n\n| | aim |");
    for engine in engines {
        let _infallible = write!(text, " {} |", engine.engine);
    }
    text.push_str(" profile |\n|---|---|");
    engines.iter().for_each(|_| text.push_str("---|"));
    text.push_str("---|\n");
    for line in lines(engines) {
        let cells: Vec<String> = line.values.iter().map(|value| cell(*value, line.aim, line.digits)).collect();
        let _infallible = writeln!(
            text,
            "| {} | {} | {} | {} |",
            line.name,
            line.aim.map_or_else(String::new, aim),
            cells.join(" | "),
            common.profile
        );
    }
    text.push_str(&rest(common, engines));
    text
}

fn lines(engines: &[Figures]) -> Vec<Line<'_>> {
    let all = |value: &dyn Fn(&Figures) -> Option<f64>| engines.iter().map(value).collect::<Vec<_>>();
    let at = |n: usize, value: &dyn Fn(&Stock) -> f64| all(&|e| e.stocks.get(n).map(value));
    let grown = |value: &dyn Fn(&Stock) -> f64| {
        all(&|e| e.stocks.get(1).zip(e.stocks.first()).map(|(large, usual)| value(large) / value(usual).max(0.001)))
    };
    let line = |name, aim, values, digits| Line { name, aim, values, digits };
    vec![
        line("W, cases/s, 1 client", None, all(&|e| Some(e.one.rate)), 0),
        line("W, cases/s, 16 clients", Some(Aim::AtLeast(400.0, 250.0)), all(&|e| Some(e.sixteen.rate)), 0),
        line("Transitions/s, 16 clients", Some(Aim::AtLeast(3_000.0, 1_800.0)), all(&|e| Some(e.transitions.rate)), 0),
        line(
            "Processor ms per case, server and database",
            Some(Aim::AtMost(2.5, 4.0)),
            all(&|e| Some(e.sixteen.processor_ms)),
            2,
        ),
        line("Create, p50 ms, 1 client", None, all(&|e| Some(e.create.p50)), 2),
        line("Create, p99 ms", None, all(&|e| Some(e.create.p99)), 2),
        line(
            "Writing a case: statements (the aim holds reading and listing too)",
            Some(Aim::AtMost(45.0, 45.0)),
            all(&|e| Some(e.cost.statements as f64)),
            0,
        ),
        line(
            "Writing a case: transactions (likewise)",
            Some(Aim::AtMost(12.0, 12.0)),
            all(&|e| Some(e.cost.transactions as f64)),
            0,
        ),
        line("List of 25, p50 ms, 1 client", Some(Aim::AtMost(1.0, 1.0)), at(0, &|s| s.list.p50), 2),
        line("List of 25, p99 ms", Some(Aim::AtMost(10.0, 10.0)), at(0, &|s| s.list.p99), 2),
        line("Read, p50 ms, 1 client", Some(Aim::AtMost(1.0, 1.0)), at(0, &|s| s.read.p50), 2),
        line("Read, p99 ms", Some(Aim::AtMost(10.0, 10.0)), at(0, &|s| s.read.p99), 2),
        line("Large stock, cases", None, at(1, &|s| s.cases as f64), 0),
        line("List p50 ms, large stock", Some(Aim::AtMost(1.0, 1.0)), at(1, &|s| s.list.p50), 2),
        line("List p99 ms, large stock", Some(Aim::AtMost(10.0, 10.0)), at(1, &|s| s.list.p99), 2),
        line("Read p50 ms, large stock", Some(Aim::AtMost(1.0, 1.0)), at(1, &|s| s.read.p50), 2),
        line("Read p99 ms, large stock", Some(Aim::AtMost(10.0, 10.0)), at(1, &|s| s.read.p99), 2),
        line("List p99, large stock against usual, times", Some(Aim::AtMost(1.5, 1.5)), grown(&|s| s.list.p99), 2),
        line(
            "Memory of the server, most under load, MB",
            Some(Aim::AtMost(64.0, 64.0)),
            all(&|e| Some(e.memory_most)),
            0,
        ),
        line("Memory of the server, idle, MB", Some(Aim::AtMost(30.0, 30.0)), all(&|e| Some(e.memory_idle)), 0),
        line(
            "Start of a prepared node to its first page, ms",
            Some(Aim::AtMost(2_000.0, 2_000.0)),
            all(&|e| Some(e.first_page.as_secs_f64() * 1_000.0)),
            0,
        ),
    ]
}

fn aim(aim: Aim) -> String {
    match aim {
        Aim::AtLeast(good, least) if good > least => format!("{good}, at least {least}"),
        Aim::AtLeast(good, _) => format!("at least {good}"),
        Aim::AtMost(good, most) if good < most => format!("{good}, at most {most}"),
        Aim::AtMost(good, _) => format!("at most {good}"),
    }
}

fn cell(value: Option<f64>, aim: Option<Aim>, digits: usize) -> String {
    let Some(value) = value else { return "not measured".into() };
    let missed = match aim {
        Some(Aim::AtLeast(good, least)) if value < good => {
            let word = if value < least { "missed" } else { "short of the aim" };
            format!(" ({word} by {:.0} %)", (1.0 - value / if value < least { least } else { good }) * 100.0)
        }
        Some(Aim::AtMost(good, most)) if value > good => {
            let word = if value > most { "missed" } else { "short of the aim" };
            let times = value / if value > most { most } else { good };
            if times < 2.0 {
                format!(" ({word} by {:.0} %)", (times - 1.0) * 100.0)
            } else {
                format!(" ({word}: {times:.1} times)")
            }
        }
        _ => String::new(),
    };
    format!("{value:.digits$}{missed}")
}

fn rest(common: &Common, engines: &[Figures]) -> String {
    let mut text = String::new();
    let profile = &common.profile;
    let _infallible = write!(
        text,
        "\n| | | profile |\n|---|---|---|\n| Shop licences made as PDF/A-3b, a second, one core | {:.1} | {profile} |\n\
         | QR verifications a second, one core | {:.0} | {profile} |\n| Size of the program | {:.1} MB | {profile} |\n",
        common.licences,
        common.verifications,
        common.binary as f64 / 1_000_000.0
    );
    text.push_str(&why(engines));
    text.push_str("\n## How to read it\n\n");
    for engine in engines {
        let _infallible = writeln!(
            text,
            "- {}: W ran {} cases with 16 clients and {} with one; `record verify` afterwards: {} Storing the cases took {:.0} s.",
            engine.engine, engine.sixteen.count, engine.one.count, engine.verified, engine.stored_in
        );
    }
    if let Some(engine) = engines.first() {
        let acts: Vec<String> = engine.cost.acts.iter().map(|(name, n)| format!("{name} {n}")).collect();
        let _infallible = writeln!(text, "- Statements of each act: {}.", acts.join(", "));
    }
    text.push_str("- Statements and transactions are those of writing a case (registration of somebody new and five transitions), counted by the program's own meter on the engine; the test `a_case_costs_few_statements` asserts the bound, reading and listing included, for a shop licence, whose first five transitions draw fewer numbers and make no paper.\n");
    text.push_str("- The list is the inbox of a desk with its counts of late, due and halted cases. It is spread over ten units like the rest.\n");
    text.push_str("- Stored cases are made of one real case per unit, through the record and its slice, in large appends; they are verified with the rest.\n");
    for engine in engines {
        match engine.stocks.get(1) {
            None => text.push_str("- The large stock was not measured in this run; `make bench` stores a million cases after the other runs.\n"),
            Some(stock) if stock.cases < common.large => {
                let _infallible = writeln!(
                    text,
                    "- {}: the large stock holds {} cases in place of {}: storing more did not fit into the time of this run.",
                    engine.engine, stock.cases, common.large
                );
            }
            Some(_) => {}
        }
    }
    if common.profile != "release" {
        text.push_str("- Where a rate, a time, processor or memory misses its aim: the program ran unoptimised, on a machine that did other work at the same time (see its load); a release on a quiet machine decides. Counts of statements do not depend on the build.\n");
    }
    text
}

/// Why aims are missed: where the time and the memory go, from this run's own figures.
fn why(engines: &[Figures]) -> String {
    let mut text = String::new();
    for engine in engines {
        let (run, mut reasons) = (&engine.sixteen, Vec::new());
        let database = run.processor_ms - run.server_ms;
        if run.processor_ms > 4.0 && database > 0.5 {
            reasons.push(format!(
                "a case costs {:.2} ms of one core, {:.2} ms of it in the server's processes of the database: {} statements and {} commits for the acts, beside those of reading, listing, the seal and the followers, each with its way through the protocol and the executor. The program itself takes {:.2} ms. The rates follow from the sum, for one core serves both",
                run.processor_ms, database, engine.cost.statements, engine.cost.transactions, run.server_ms
            ));
        } else if run.processor_ms > 4.0 {
            reasons.push(format!(
                "a case costs {:.2} ms of one core: in profiles about half of it is the one writer's thread (statements, then the write-ahead log and its checkpoints), the rest sessions, rights, pages and HTTP for eight requests. The rates follow from it",
                run.processor_ms
            ));
        }
        if engine.memory_idle > 30.0 {
            reasons.push(format!(
                "of the {:.0} MB at rest {:.0} MB are the program's own; the others are pages of the program's file that were touched, which the system drops when it needs room",
                engine.memory_idle, engine.memory_own
            ));
        }
        if engine.memory_most > 64.0 {
            reasons.push(format!(
                "of the {:.0} MB under load about {:.0} MB are pages of the program's file, as at rest",
                engine.memory_most,
                engine.memory_idle - engine.memory_own
            ));
        }
        if let [usual, large] = engine.stocks.as_slice()
            && usual.list.p50 > 1.0
            && large.list.p50 <= usual.list.p50
        {
            reasons.push(format!(
                "the list took {:.2} ms beside {} cases and {:.2} ms beside {}: more cases do not make it slower, so that the difference is the machine's",
                usual.list.p50, usual.cases, large.list.p50, large.cases
            ));
        }
        for reason in reasons {
            let _infallible = writeln!(text, "- {}: {reason}.", engine.engine);
        }
    }
    if text.is_empty() { text } else { format!("\n## Why, where an aim is missed\n\n{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_says_by_how_much() {
        let aim = Some(Aim::AtLeast(400.0, 250.0));
        assert_eq!(cell(Some(500.0), aim, 0), "500");
        assert_eq!(cell(Some(300.0), aim, 0), "300 (short of the aim by 25 %)");
        assert_eq!(cell(Some(125.0), aim, 0), "125 (missed by 50 %)");
        assert_eq!(cell(Some(3.0), Some(Aim::AtMost(1.0, 1.0)), 1), "3.0 (missed: 3.0 times)");
        assert_eq!(cell(Some(46.0), Some(Aim::AtMost(40.0, 40.0)), 0), "46 (missed by 15 %)");
        assert_eq!(cell(None, aim, 0), "not measured");
    }
}
