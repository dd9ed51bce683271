//! The machine: what it is, which core does what, and what processes have used.

use std::fs::read_to_string;
use std::process::Command;

/// Core of the server and of its database.
pub const SERVER_CORE: &str = "0";
/// Core of this program while it measures.
const CLIENT_CORE: &str = "1";

/// Puts every thread of this program on the client's core and new connections of the database on the
/// server's, or frees both again for preparing.
pub fn keep_to_cores(keep: bool, database: Option<u32>) {
    let put = |pid: u32, core| {
        let cores = if keep { core } else { "0-1" };
        let _not_fatal = Command::new("taskset").args(["-a", "-c", "-p", cores, &pid.to_string()]).output();
    };
    put(std::process::id(), CLIENT_CORE);
    if let Some(postmaster) = database {
        put(postmaster, SERVER_CORE);
    }
}

/// Lines that describe the machine.
pub fn description() -> Vec<(&'static str, String)> {
    let cpu = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([':', '\t', ' ']));
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let memory = read_to_string("/proc/meminfo").unwrap_or_default();
    let total: u64 = memory.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or(0);
    let kernel = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    vec![
        ("Processor", format!("{}, {cores} cores", model.unwrap_or("unknown"))),
        ("Memory", format!("{} GB", total / 1_000_000)),
        ("Kernel", kernel.trim().to_owned()),
        ("Rust", output("rustc", &["--version"])),
        ("Measured on", output("date", &["-u", "+%F %H:%M UTC"])),
        ("Other load at the start (1, 5, 15 minutes)", load()),
    ]
}

/// Mean load of the machine.
pub fn load() -> String {
    read_to_string("/proc/loadavg").unwrap_or_default().split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn output(program: &str, arguments: &[&str]) -> String {
    let out = Command::new(program).args(arguments).output();
    out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default()
}

/// Processor milliseconds that a process and everything below it have used, ended ones included.
pub fn processor_ms(pid: u32) -> f64 {
    let mut ticks = stat(pid).map_or(0, |stat| stat.own + stat.ended);
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(other) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        if let Some(found) = stat(other).filter(|found| found.parent == pid) {
            ticks += found.own;
        }
    }
    // A tick is a hundredth of a second on every Linux that we run on.
    ticks as f64 * 10.0
}

struct Stat {
    parent: u32,
    own: u64,
    ended: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold blanks and brackets: what follows the last bracket counts.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    Some(Stat { parent: u32::try_from(number(1)).ok()?, own: number(11) + number(12), ended: number(13) + number(14) })
}

/// `VmHWM` or `VmRSS` of a process in MB.
pub fn memory_mb(pid: u32, what: &str) -> f64 {
    let text = read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let kb: f64 = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0.0);
    kb / 1024.0
}
