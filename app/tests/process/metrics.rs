//! `/metrics`, and what is shipped to read it.

use std::collections::BTreeSet;

use crate::home::Home;

const FILES: [&str; 2] = ["packaging/prometheus/alerts.yml", "packaging/grafana/shubbak.json"];

/// Names of figures in a text.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.filter(|word| word.starts_with("shubbak_") && word.len() > "shubbak_".len()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_the_dashboard_and_the_alerts_is_there() {
    for home in [Home::sqlite(), Home::postgres().await] {
        home.run(["backup", "create"]).ends(0);
        let server = home.serve();
        server.browser().get("/");
        // The answer is counted once it was sent.
        let scraped = server.browser().get("/metrics").text;
        let given = names(&scraped);
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for file in FILES {
            let text = std::fs::read_to_string(root.join(file)).expect(file);
            let wanted = names(&text);
            assert!(wanted.len() >= 10, "{file}: {wanted:?}");
            let lacking: Vec<_> = wanted.difference(&given).collect();
            assert!(lacking.is_empty(), "{file} names {lacking:?}, /metrics has {given:?}");
        }
        let value = |name: &str| {
            let line = scraped.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).expect(name);
            line.parse::<f64>().expect("a number")
        };
        assert!(value("shubbak_backup_made_timestamp_seconds") > 1.7e9);
        assert!(value("shubbak_backup_verified_timestamp_seconds").abs() < 0.5, "never verified");
        assert!(value("shubbak_disk_free_bytes") > 0.0);
        // Buckets are cumulative and the last of them counts every answer.
        let buckets: Vec<f64> = scraped
            .lines()
            .filter(|line| line.starts_with("shubbak_http_request_seconds_bucket"))
            .map(|line| line.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("a count"))
            .collect();
        assert!(buckets.is_sorted() && buckets.len() == 12, "{buckets:?}");
        assert!((buckets[11] - value("shubbak_http_request_seconds_count")).abs() < 0.5);
    }
}
