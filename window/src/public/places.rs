//! Units and governorates as citizens name them.

use std::sync::Arc;

use foundation::arabic::fold;
use foundation::governorates;
use foundation::web::{Choice, Ctx, Lang};
use registry::units::{CentreKind, Tree, Unit, UnitKind};

/// «القاهرة» or `Cairo` for `01`; the code itself if there is no such governorate.
pub(crate) fn governorate(lang: Lang, tenant: &str) -> String {
    let name = tenant.parse().ok().and_then(|code| governorates::name_in(lang, code));
    name.unwrap_or(tenant).to_owned()
}

/// The governorates of the tree, to choose from.
pub(crate) fn choices(lang: Lang, tree: &Tree) -> Vec<Choice> {
    let mut list: Vec<(String, String)> = tree
        .units()
        .iter()
        .filter(|unit| unit.kind == UnitKind::Governorate)
        .map(|unit| (unit.tenant.clone(), governorate(lang, &unit.tenant)))
        .collect();
    list.sort();
    list.into_iter().map(|(code, name)| Choice::new(code, name)).collect()
}

/// «حي شبرا», «مركز ومدينة بنها», «مدينة بورفؤاد», `Shubra district`: the kind with the name, unless the
/// name has it.
pub(crate) fn title(c: &Ctx, unit: &Unit) -> String {
    let key = match unit.kind {
        UnitKind::District => "public-unit-district",
        UnitKind::Markaz => "public-unit-markaz",
        UnitKind::City | UnitKind::NewCity => "public-unit-city",
        UnitKind::Village => "public-unit-village",
        UnitKind::Governorate | UnitKind::Ministry | UnitKind::Body => return unit.name_in(c.lang).to_owned(),
    };
    let word = c.t(key);
    if !c.is_arabic() {
        let name = unit.name_in(c.lang);
        let word = word.to_lowercase();
        return if name.to_lowercase().contains(&word) { name.to_owned() } else { format!("{name} {word}") };
    }
    let first = word.split(' ').next().unwrap_or_default();
    if unit.name.split(' ').any(|part| part == first) {
        unit.name_in(c.lang).to_owned()
    } else {
        format!("{word} {}", unit.name)
    }
}

/// Units with a fixed centre: where citizens are served.
pub(crate) fn served<'t>(tree: &'t Tree, tenant: Option<&'t str>) -> impl Iterator<Item = &'t Arc<Unit>> {
    tree.units().iter().filter(move |unit| {
        let fixed = tree.centres(&unit.code).iter().any(|centre| centre.kind == CentreKind::Fixed);
        fixed && tenant.is_none_or(|tenant| tenant == unit.tenant)
    })
}

/// Units whose name matches what was typed: the whole, the beginnings of its words, or one slip.
pub(super) fn named<'t>(tree: &'t Tree, typed: &str) -> Vec<&'t Arc<Unit>> {
    let key = fold::place(typed);
    if key.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, &Arc<Unit>)> =
        served(tree, None).filter_map(|unit| Some((fits_either(unit, &key)?, unit))).collect();
    // The name of a governorate finds all of it.
    let named = |code: u8, lang| governorates::name_in(lang, code).is_some_and(|name| fold::place(name) == key);
    let whole: Vec<u8> = governorates::ALL
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| Lang::ALL.iter().any(|lang| named(*code, *lang)))
        .collect();
    if !whole.is_empty() {
        let more = served(tree, None).filter(|unit| unit.tenant.parse().is_ok_and(|code| whole.contains(&code)));
        found.extend(more.map(|unit| (4, unit)));
    }
    found.sort_by(|(a, one), (b, other)| (a, &one.code).cmp(&(b, &other.code)));
    let mut seen = std::collections::BTreeSet::new();
    found.into_iter().map(|(_, unit)| unit).filter(|unit| seen.insert(unit.code.clone())).collect()
}

/// How well a unit fits a folded query, by its Arabic or its English name.
fn fits_either(unit: &Unit, key: &str) -> Option<u8> {
    let names = [&unit.name, &unit.name_en].into_iter().filter(|name| !name.is_empty());
    names.filter_map(|name| rank(&fold::place(name), key)).min()
}

/// How well a folded name fits a folded query; small is good.
fn rank(name: &str, key: &str) -> Option<u8> {
    if name == key {
        return Some(0);
    }
    let words: Vec<&str> = name.split(' ').map(bare).collect();
    let asked: Vec<&str> = key.split(' ').map(bare).collect();
    let all = |fits: fn(&str, &str) -> bool| asked.iter().all(|part| words.iter().any(|word| fits(word, part)));
    if all(|word, part| word == part) {
        Some(1)
    } else if all(|word, part| word.starts_with(part)) {
        Some(2)
    } else if all(|word, part| word.starts_with(part) || (part.chars().count() > 3 && one_slip(word, part))) {
        Some(3)
    } else {
        None
    }
}

/// Without «ال».
fn bare(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

/// Whether two words differ by one letter: changed, missing, added, or two swapped.
fn one_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (rest_a, rest_b) {
        ([x1, x2, xs @ ..], [y1, y2, ys @ ..]) if x1 == y2 && x2 == y1 && xs == ys => true,
        ([_, xs @ ..], [_, ys @ ..]) if xs == ys => true,
        ([_, xs @ ..], ys) if xs == ys => true,
        (xs, [_, ys @ ..]) if xs == ys => true,
        _ => false,
    }
}

/// Kilometres between two points in millionths of a degree (longitude, latitude).
pub(super) fn kilometres(from: (i64, i64), to: (i64, i64)) -> f64 {
    const EARTH: f64 = 6371.0;
    let radians = |e6: i64| (e6 as f64 / 1e6).to_radians();
    let (lon1, lat1, lon2, lat2) = (radians(from.0), radians(from.1), radians(to.0), radians(to.1));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let a = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half(lon2 - lon1);
    2.0 * EARTH * a.sqrt().min(1.0).asin()
}

/// The units with a centre that lie nearest to a point, with the distance in kilometres.
pub(super) fn nearest(tree: &Tree, point: (i64, i64), most: usize) -> Vec<(&Arc<Unit>, f64)> {
    let mut list: Vec<(&Arc<Unit>, f64)> =
        served(tree, None).filter_map(|unit| Some((unit, kilometres(point, unit.point_e6?)))).collect();
    list.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    list.truncate(most);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_a_slip_or_a_beginning() {
        let fits = |name: &str, typed: &str| rank(&fold::place(name), &fold::place(typed));
        assert_eq!(fits("مدينة نصر", "مدينه نصر"), Some(0));
        assert_eq!(fits("شرق مدينة نصر", "نصر"), Some(1));
        assert_eq!(fits("المنصورة", "منصو"), Some(2));
        assert_eq!(fits("المنصورة", "المنسورة"), Some(3));
        assert_eq!(fits("أسيوط", "اسوط"), Some(3));
        assert_eq!(fits("أسيوط", "سوهاج"), None);
    }

    #[test]
    fn distances_are_those_of_the_map() {
        // Cairo to Alexandria: about 180 km.
        let km = kilometres((31_235_700, 30_044_400), (29_918_700, 31_200_100));
        assert!((170.0..190.0).contains(&km), "{km}");
        assert!(kilometres((31_000_000, 30_000_000), (31_000_000, 30_000_000)) < 0.001);
    }
}
