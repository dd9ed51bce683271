//! Exact decimals in TOML (أعداد عشرية دقيقة): an integer, a number with a point, or a string.
//!
//! A number with a point arrives as a float; its shortest decimal form is what the editor
//! wrote as long as it has at most fifteen digits, which every tariff has.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};

struct Exact(Decimal);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Exact;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("رقم (a number)")
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Exact, E> {
                Ok(Exact(n.into()))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Exact, E> {
                Ok(Exact(n.into()))
            }
            fn visit_f64<E: de::Error>(self, n: f64) -> Result<Exact, E> {
                from_float(n).map(Exact).ok_or_else(|| E::custom("رقم غير صالح (not a finite decimal)"))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                text.parse().map(Exact).map_err(|_| E::custom(format!("«{text}» ليس رقمًا (not a number)")))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// The decimal that a float literal was written as.
pub(crate) fn from_float(n: f64) -> Option<Decimal> {
    n.to_string().parse().ok()
}

/// Reads one decimal.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    Exact::deserialize(deserializer).map(|exact| exact.0)
}

/// An optional decimal.
pub(crate) mod optional {
    use super::*;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<Exact>::deserialize(deserializer)?.map(|exact| exact.0))
    }
}

/// Decimals by name.
pub(crate) mod map {
    use super::*;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, Decimal>, D::Error> {
        let exact = BTreeMap::<String, Exact>::deserialize(deserializer)?;
        Ok(exact.into_iter().map(|(name, exact)| (name, exact.0)).collect())
    }
}
