//! What the build script lets through and what not, and what the search finds.

use super::book::{Picture, chapter};
use super::*;

fn faults(text: &str) -> Vec<String> {
    chapter("x", text, &[]).expect_err("a fault")
}

#[test]
fn a_chapter_becomes_a_page() {
    let text = "# عنوان\n\nاكتب QR code ثم `F2` أو `shubbak doctor`.\n\n## باب {#one}\n\n[هنا](other.md#a) و[شاشة](/desk)\n\n> [!WARNING]\n> احذر.\n";
    let page = chapter("x", text, &[]).expect("a page");
    assert_eq!(page.title, "عنوان");
    assert_eq!(page.lead.trim(), "اكتب QR code ثم F2 أو shubbak doctor.");
    assert!(page.html.contains("<bdi>QR code</bdi>"), "{}", page.html);
    assert!(
        page.html.contains("<kbd dir=\"ltr\">F2</kbd>")
            && page.html.contains("<code dir=\"ltr\">shubbak doctor</code>")
    );
    assert!(page.html.contains("<h2 id=\"one\">") && page.html.contains("href=\"/help/other#a\""));
    assert!(page.html.contains("class=\"note warn\""));
    assert_eq!((page.screens, page.commands), (vec!["/desk".to_owned()], vec!["shubbak doctor".to_owned()]));
}

#[test]
fn a_table_names_its_cells_for_telephones() {
    let page = chapter("x", "# ع\n\n| مفتاح `F2` | عمل |\n|---|---|\n| أ | ب |\n", &[]).expect("a page");
    assert!(page.html.contains("<td data-l=\"مفتاح F2\"><span>أ</span></td>"), "{}", page.html);
    assert!(page.html.contains("<th scope=\"col\">") && page.html.contains("<tbody>"));
}

#[test]
fn faults_are_named_with_their_line() {
    assert_eq!(faults("# ع\n\nكلمة <b>أخرى</b>\n").len(), 2);
    assert!(faults("# ع\n\n<script>x</script>\n")[0].contains("line 3: HTML"));
    assert!(faults("# ع\n\n[موقع](https://example.com)\n")[0].contains("out of the program"));
    assert!(faults("# ع\n\n![](pictures/a.webp)\n")[0].contains("without words"));
    assert!(faults("# ع\n\n![صورة](pictures/a.webp)\n")[0].contains("no picture"));
    assert!(faults("# ع\n\n## أ\n\n## أ\n")[0].contains("stands above"));
    assert!(faults("نص\n")[0].contains("no title"));
    assert!(faults("# ع\n\n```\nx\n```\n")[0].contains("does not say"));
}

#[test]
fn a_picture_has_its_size_and_words() {
    let own = Picture { name: "a.webp".into(), file: "a.1.webp".into(), path: "a".into(), width: 9, height: 5 };
    let page = chapter("x", "# ع\n\n![شاشة \"أولى\"](pictures/a.webp)\n", &[own]).expect("a page");
    assert!(
        page.html.contains("src=\"/help/pictures/a.1.webp\" alt=\"شاشة &quot;أولى&quot;\" width=\"9\" height=\"5\""),
        "{}",
        page.html
    );
}

#[test]
fn every_screen_leads_to_a_place_that_is_there() {
    for (screen, target) in SCREENS {
        let (slug, id) = target.split_once('#').unwrap_or((target, ""));
        let there = chapter_of(slug).is_some_and(|c| id.is_empty() || c.sections.iter().any(|s| s.id == id));
        assert!(there, "{screen} leads to {target}");
    }
    assert_eq!(page_of("/counter/requests/1/hand-over"), Some("hand-over"));
    assert_eq!(page_of("/counter/requests/1"), Some("search#page"));
    assert_eq!(page_of("/admin/units/01-D16/holidays/1/cancel"), Some("hours#holidays"));
    assert_eq!(page_of("/"), Some("citizen"));
    assert_eq!(page_of("/help/clerk"), None);
    assert_eq!(page_of("/services/SHP-01/print"), Some("guide"));
}

use super::chapter as chapter_of;

#[test]
fn people_find_what_they_ask_in_their_own_spelling() {
    let first = |q: &str| search(q).0.first().map(|hit| hit.address.clone());
    for (asked, address) in [
        ("الطابعه", "troubles#printer"),
        ("طابعة", "troubles#printer"),
        ("نسيت كلمه السر", "account#forgotten"),
        ("الغاء القيد", "void"),
        ("قيد طلب جديد", "intake"),
        ("استرجاع نسخه", "backup"),
        ("postgresql", "postgresql"),
    ] {
        let found = search(asked).0;
        assert!(
            found.iter().take(5).any(|hit| hit.address == address),
            "{asked}: {:?}",
            found.iter().map(|h| &h.address).collect::<Vec<_>>()
        );
    }
    assert_eq!(first("زززززز"), None);
    assert_eq!(first("  "), None);
    // The keyboard was left on English: «تسليم».
    let (found, meant) = search("jsgdl");
    assert!(meant.is_some() && found.iter().any(|hit| hit.address == "hand-over"), "{meant:?}");
    let hit = &search("المسطرة").0;
    assert!(hit.iter().all(|h| h.snippet.iter().any(|(marked, _)| *marked) || h.heading.is_empty()));
}

#[test]
fn every_role_has_its_first_day() {
    for slug in [
        "citizen",
        "clerk",
        "cashier",
        "officer",
        "decider",
        "inspector",
        "titles",
        "secretary",
        "body",
        "head",
        "manager",
        "follow-up",
        "supervisor",
        "editor",
        "auditor",
        "operator",
        "keys",
        "troubles",
        "glossary",
    ] {
        assert!(chapter_of(slug).is_some_and(|c| !c.lead.is_empty()), "{slug}");
    }
}
