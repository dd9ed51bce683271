//! A licensing freeze of the demonstration (وقف الترخيص): a street in which no new building is licensed.

use anyhow::{Context as _, Result};
use foundation::geo::Ring;
use jiff::ToSpan as _;
use jiff::civil::Date;
use record::follow::derived_id;
use registry::Viewer;
use registry::freezes::{self, FreezeWrite, Order, Treatment};

use super::people::UNIT;
use crate::node::Node;

/// Corners of the area, latitude first.
const AREA: &str = "30.1060, 31.2440\n30.1060, 31.2475\n30.1025, 31.2475\n30.1025, 31.2440";

/// Orders it from today on, for three months.
pub async fn add_all(node: &Node, head: &Viewer, today: Date) -> Result<()> {
    let write = FreezeWrite { freeze: derived_id("demo-freeze", "1"), command: derived_id("demo-freeze-command", "1") };
    let order = Order {
        decision: "212".into(),
        dated: today,
        from: today,
        to: today.saturating_add(3.months()),
        services: Vec::new(),
        groups: vec!["building".into()],
        ring: Some(Ring::read(AREA).context("an area")?),
        place: "شارع الترعة من الكوبري إلى المحطة".into(),
        reason: "إعداد مخطط تفصيلي للشارع بعد توسعته".into(),
        treatment: Treatment::Refuse,
    };
    freezes::order(&node.site, head, write, UNIT, order).await.context("the freeze")
}
