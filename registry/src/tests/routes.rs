//! The route tables themselves.

use std::collections::BTreeSet;

use crate::pages;
use crate::routes::{Need, list};

#[test]
fn every_route_stands_once_and_has_an_example_of_its_own_path() {
    let routes = list(&[pages::routes()]);
    let mut seen = BTreeSet::new();
    for route in &routes {
        assert!(seen.insert((route.method.to_string(), route.path)), "{} {} stands twice", route.method, route.path);
        let example = route.example.split('?').next().unwrap_or_default();
        let (parts, given): (Vec<&str>, Vec<&str>) = (route.path.split('/').collect(), example.split('/').collect());
        assert_eq!(parts.len(), given.len(), "{}", route.example);
        for (part, given) in parts.iter().zip(given) {
            assert!(
                *part == given || part.starts_with('{') && (given.starts_with('{') || route.path == "/language/{lang}"),
                "{} {}",
                route.path,
                route.example
            );
        }
    }
    let public: Vec<&str> = routes.iter().filter(|route| route.need == Need::Public).map(|route| route.path).collect();
    let open = |path: &&str| {
        path.ends_with("/login") || path.starts_with("/account/login/") || path.starts_with("/account/open/")
    };
    let rest: Vec<&str> = public.into_iter().filter(|path| !open(path)).collect();
    assert_eq!(
        rest,
        ["/language/{lang}", "/account/demo"],
        "but for logins, nothing of the registry is open to visitors"
    );
}
