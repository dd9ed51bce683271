//! How fast events enter and are sealed. A measurement, run by hand:
//! `cargo test -p record --test rate -- --ignored --nocapture`.

mod common;

use std::sync::Arc;
use std::time::Instant;

use common::{World, note};
use foundation::testing::engines;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn appends_per_second() {
    for test in engines().await {
        let world = Arc::new(World::new(&test).await);
        for round in 1..=5 {
            let begun = Instant::now();
            let writers: Vec<_> = (0..16)
                .map(|_| {
                    let world = world.clone();
                    tokio::spawn(async move {
                        for _ in 0..100 {
                            let id = world.ids.next();
                            for version in 0..5 {
                                world
                                    .append(&world.command(), id, version, vec![note("words")])
                                    .await
                                    .expect("is written");
                            }
                        }
                    })
                })
                .collect();
            for writer in writers {
                writer.await.expect("ends");
            }
            let appended = begun.elapsed();
            while world.record.head().await.expect("a head").number < round * 8_000 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let seals = world.count("SELECT COUNT(*) AS n FROM seals").await;
            println!(
                "{} round {round}: {:.0} appends/s, sealed {:?} later, {seals} seals so far",
                test.name(),
                8_000.0 / appended.as_secs_f64(),
                begun.elapsed() - appended
            );
        }
        assert_eq!(world.verify(None).await, []);
    }
}
