//! Makes Arabic copyable: vowel signs and slanted words are drawn, not written (استخراج النص).
//!
//! The shaper reports a letter and the marks above it («حً») as one cluster of two glyphs, and
//! the exporter would say of each glyph that it stands for both characters. Readers that lay
//! Arabic out from right to left turn such pairs round («ًح»), repeat them or break the word.
//! So marks are drawn as outlines, and the glyph of the letter stands for the letter alone:
//! paper shows «طبقًا», search and copy give «طبقا», which is what people type.
//!
//! Readers that lay text out by lines lose their way where one line crosses others: of a page with a
//! slanted word across it some give the lines broken up. So what stands slanted is outlines alone; the
//! same words stand level elsewhere on the page.

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::model::Document as _;
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};
use typst::visualize::{Curve, Geometry, Shape};
use typst_layout::PagedDocument;

/// The same document with its marks and its slanted words as outlines.
pub(super) fn draw_marks(document: PagedDocument) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        page.frame = redraw(&page.frame, false);
    }
    PagedDocument::new(pages.into_iter().collect(), document.info().clone())
}

fn redraw(frame: &Frame, slanted: bool) -> Frame {
    let mut out = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        out.set_baseline(frame.baseline());
    }
    for (position, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                let turned = !group.transform.kx.is_zero() || !group.transform.ky.is_zero();
                group.frame = redraw(&group.frame, slanted || turned);
                out.push(*position, FrameItem::Group(group));
            }
            FrameItem::Text(text) if slanted => {
                let mut at = Abs::zero();
                let mut curve = Curve::new();
                for glyph in &text.glyphs {
                    outline(&mut curve, text, glyph, at);
                    at += glyph.x_advance.at(text.size);
                }
                draw(&mut out, *position, curve, text);
            }
            FrameItem::Text(text) => part(&mut out, *position, text.clone()),
            other => out.push(*position, other.clone()),
        }
    }
    out
}

/// Parts one run of text into letters, which stay text, and marks.
fn part(out: &mut Frame, position: Point, mut item: TextItem) {
    let mut at = Abs::zero();
    let mut marks = Curve::new();
    let mut letters = Vec::with_capacity(item.glyphs.len());
    for mut glyph in std::mem::take(&mut item.glyphs) {
        let advance = glyph.x_advance;
        match marked_letter(&item.text, &glyph) {
            Some(_) if advance == Em::zero() => {
                outline(&mut marks, &item, &glyph, at);
            }
            Some(width) => {
                glyph.range.end = glyph.range.start.saturating_add(width);
                letters.push(glyph);
            }
            None => letters.push(glyph),
        }
        at += advance.at(item.size);
    }
    item.glyphs = letters;
    if !item.glyphs.is_empty() {
        out.push(position, FrameItem::Text(item.clone()));
    }
    draw(out, position, marks, &item);
}

fn draw(out: &mut Frame, position: Point, curve: Curve, item: &TextItem) {
    if !curve.is_empty() {
        let shape: Shape = Geometry::Curve(curve).filled(item.fill.clone());
        out.push(position, FrameItem::Shape(shape, Span::detached()));
    }
}

/// Bytes of the letter, where a glyph belongs to an Arabic letter with marks.
fn marked_letter(text: &str, glyph: &Glyph) -> Option<u16> {
    let mut cluster = text.get(glyph.range())?.chars();
    let letter = cluster.next().filter(|letter| matches!(letter, '\u{620}'..='\u{6ff}'))?;
    let marked = cluster.next().is_some_and(is_mark) && cluster.all(is_mark);
    u16::try_from(letter.len_utf8()).ok().filter(|_| marked)
}

/// Vowel signs, tanwin, shadda, maddah, superscript alef.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// Adds the outline of a glyph that stands `at` from the beginning of its run.
fn outline(curve: &mut Curve, item: &TextItem, glyph: &Glyph, at: Abs) {
    let origin = Point::new(at + glyph.x_offset.at(item.size), -glyph.y_offset.at(item.size));
    let mut pen = Pen { curve, item, origin, last: (0.0, 0.0) };
    item.font.ttf().outline_glyph(GlyphId(glyph.id), &mut pen);
}

/// Writes an outline in font units, y up, into a curve in lengths, y down.
struct Pen<'a> {
    curve: &'a mut Curve,
    item: &'a TextItem,
    origin: Point,
    last: (f32, f32),
}

impl Pen<'_> {
    fn point(&self, x: f32, y: f32) -> Point {
        let length = |units: f32| self.item.font.to_em(f64::from(units)).at(self.item.size);
        Point::new(self.origin.x + length(x), self.origin.y - length(y))
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.curve.move_(to);
        self.last = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.curve.line(to);
        self.last = (x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let towards = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (x0, y0) = self.last;
        self.curve_to(towards(x0, x1), towards(y0, y1), towards(x, x1), towards(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two, to) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.curve.cubic(one, two, to);
        self.last = (x, y);
    }

    fn close(&mut self) {
        self.curve.close();
    }
}
