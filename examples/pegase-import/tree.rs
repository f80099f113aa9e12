//! The catalogue as a tree, with the alerts where they belong.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write as _};

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use edu_diagnostics::Severity;
use odf_model::{Catalogue, Code, Content, Missing};
use pegase::{Alert, AlertKind, Child, Import, Input, Maquette, Object};

use crate::words::{code, cut, what};

/// Characters of a line.
const WIDTH: usize = 100;

/// Levels that are indented; a number stands for those that are deeper.
const LEVELS: usize = 12;

/// Fewer characters of a title are of no use.
const TITLE: usize = 8;

/// Codes that are named where many have something in common.
const NAMED: usize = 12;

/// A tree to be drawn.
pub(crate) struct Tree<'i> {
    import: &'i Import,
    styles: Styles,
    /// Alerts at contents, by code.
    notes: HashMap<&'i str, Vec<&'i Alert>>,
    /// What was left out below contents, by their code.
    left_out: HashMap<&'i str, Vec<&'i Alert>>,
    /// Alerts about what is not in the tree.
    others: Vec<&'i Alert>,
    /// The objects of the maquette below whose contents something was left out, by code.
    objects: HashMap<&'i str, &'i Object<'i>>,
    maquette: &'i Maquette<'i>,
    /// How many contents hold a content, by its code.
    places: HashMap<&'i str, usize>,
    drawn: HashSet<&'i str>,
    marks: Marks,
    out: String,
}

/// Marks that were used and have to be explained.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one mark that it was used")]
struct Marks {
    error: bool,
    warning: bool,
    info: bool,
    left_out: bool,
    again: bool,
}

/// What stands below a content.
enum Row<'i> {
    Content(&'i Code),
    LeftOut(&'i Alert),
}

impl<'i> Tree<'i> {
    /// The tree of an import. Alerts that are less severe than `least` are left out.
    pub(crate) fn new(
        import: &'i Import,
        maquette: &'i Maquette<'i>,
        least: Severity,
        colour: bool,
    ) -> Self {
        let catalogue = &import.catalogue;
        let mut tree = Self {
            import,
            styles: Styles::new(colour),
            notes: HashMap::new(),
            left_out: HashMap::new(),
            others: Vec::new(),
            objects: HashMap::new(),
            maquette,
            places: HashMap::new(),
            drawn: HashSet::new(),
            marks: Marks::default(),
            out: String::new(),
        };
        for alert in import.alerts.iter().filter(|alert| alert.severity >= least) {
            let list = match parent(alert) {
                Some(parent) if is_in(catalogue, parent) => tree.left_out.entry(parent),
                None if is_in(catalogue, subject(alert)) => tree.notes.entry(subject(alert)),
                _ => {
                    tree.others.push(alert);
                    continue;
                }
            };
            list.or_default().push(alert);
        }
        for object in maquette.objects() {
            if tree.left_out.contains_key(&*object.code) {
                tree.objects.entry(&object.code).or_insert(object);
            }
        }
        for child in catalogue.iter().flat_map(|content| &content.children) {
            *tree.places.entry(child).or_default() += 1;
        }
        tree
    }

    /// Draws it.
    pub(crate) fn draw(mut self) -> String {
        for root in &self.import.roots {
            self.root(root);
        }
        let others = std::mem::take(&mut self.others);
        if !others.is_empty() {
            self.heading("Not in the tree");
            for alert in others {
                self.note("  ", "  ", alert);
            }
        }
        self.missing();
        self.legend();
        self.out.push('\n');
        self.out.push_str(&self.import.catalogue.counts().to_string());
        self.out.push('\n');
        self.out
    }

    /// A content at the top, and all below it.
    fn root(&mut self, root: &'i Code) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        // For each level whether its last row is drawn.
        let mut is_last = Vec::new();
        let rows = self.content(root, &is_last);
        let mut open = vec![rows.into_iter()];
        while let Some(rows) = open.last_mut() {
            let (row, level_is_done) = (rows.next(), rows.len() == 0);
            let Some(row) = row else {
                open.pop();
                continue;
            };
            is_last.truncate(open.len() - 1);
            is_last.push(level_is_done);
            match row {
                Row::LeftOut(alert) => self.left_out(alert, &is_last),
                Row::Content(code) => {
                    let rows = self.content(code, &is_last);
                    open.push(rows.into_iter());
                }
            }
        }
    }

    /// Draws the line of a content with its alerts; gives what stands below it, unless it was drawn before.
    fn content(&mut self, key: &'i Code, is_last: &[bool]) -> Vec<Row<'i>> {
        let Some(content) = self.import.catalogue.get(key) else { return Vec::new() };
        let is_again = !self.drawn.insert(key);
        let places = self.places.get(key.as_str()).copied().unwrap_or_default();
        let shared = match places {
            _ if is_again => "  ↪ see above".to_owned(),
            0 | 1 => String::new(),
            places => format!("  shared, in {places} places"),
        };
        let rows = if is_again { Vec::new() } else { self.rows(key, content) };
        let (indent, below) = (bars(is_last, true), bars(is_last, false));
        let Styles { strong, faint, .. } = self.styles;
        let shown = code(key);
        let room = WIDTH.saturating_sub(length(&indent) + length(&shown) + length(&shared));
        let what = cut(&format!("[{}]", what(content)), room.saturating_sub(2));
        let room = room.saturating_sub(length(&what) + 4);
        let title = Some(&content.title).filter(|title| **title != **key && room >= TITLE);
        let title = title.map_or_else(String::new, |title| format!("  {}", cut(title, room)));
        self.put(format_args!(
            "{faint}{indent}{faint:#}{strong}{shown}{strong:#}{title}  {faint}{what}{shared}{faint:#}\n"
        ));
        self.marks.again |= is_again;
        if !is_again {
            let inner = format!("{below}{}", if rows.is_empty() { "   " } else { "│  " });
            for alert in self.notes.remove(key.as_str()).unwrap_or_default() {
                self.note(&inner, &inner, alert);
            }
        }
        rows
    }

    /// What stands below a content: what it holds and, where it stood in the maquette, what was left out.
    fn rows(&self, key: &'i Code, content: &'i Content) -> Vec<Row<'i>> {
        let contents = content.children.iter().map(Row::Content);
        let Some(left_out) = self.left_out.get(key.as_str()) else { return contents.collect() };
        let order = self.order(key);
        let place = |code: &str| order.get(code).copied();
        let mut rows = Vec::new();
        let mut at = 0;
        for child in &content.children {
            at = match self.import.catalogue.get(child) {
                Some(list) if list.is_automatic_list() => {
                    list.children.iter().filter_map(|code| place(code)).min()
                }
                _ => place(child),
            }
            .unwrap_or(at);
            rows.push((at, Row::Content(child)));
        }
        for &alert in left_out {
            let place = place(child(alert)).unwrap_or(usize::MAX);
            rows.push((place, Row::LeftOut(alert)));
        }
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The children of an object of the maquette, by code or id, and which place they have.
    fn order(&self, key: &str) -> HashMap<&'i str, usize> {
        let mut order = HashMap::new();
        let links = self.objects.get(key).map_or(&[][..], |object| &object.children);
        for (place, link) in links.iter().enumerate() {
            let name = match link.child {
                Child::Object(id) => self.maquette.get(id).map(|object| &*object.code),
                Child::Missing(number) => self.maquette.missing(number).map(|child| &*child.id),
                _ => continue,
            };
            order.entry(name.unwrap_or_default()).or_insert(place);
        }
        order
    }

    /// A row for what was left out.
    fn left_out(&mut self, alert: &Alert, is_last: &[bool]) {
        self.marks.left_out = true;
        let (style, struck) = (self.styles.of(alert.severity), self.styles.struck);
        let indent = bars(is_last, true);
        let shown = code(child(alert));
        let start = length(&indent) + length(&shown) + 4;
        let mut lines = wrap(&said(alert), start, length(&indent) + 4).into_iter();
        let first = lines.next().unwrap_or_default();
        let faint = self.styles.faint;
        self.put(format_args!(
            "{faint}{indent}{faint:#}{style}⊘ {style:#}{struck}{shown}{struck:#}{style}  {first}{style:#}\n"
        ));
        let below = bars(is_last, false);
        for line in lines {
            self.put(format_args!("{faint}{below}{faint:#}    {style}{line}{style:#}\n"));
        }
    }

    /// The lines of an alert.
    fn note(&mut self, indent: &str, below: &str, alert: &Alert) {
        let mark = match alert.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
            Severity::Info => "i",
        };
        self.marks.error |= alert.severity == Severity::Error;
        self.marks.warning |= alert.severity == Severity::Warning;
        self.marks.info |= alert.severity == Severity::Info;
        let (style, faint) = (self.styles.of(alert.severity), self.styles.faint);
        let lines = wrap(&said(alert), length(indent) + 2, length(below) + 2);
        for (number, line) in lines.into_iter().enumerate() {
            let (indent, mark) = if number == 0 { (indent, mark) } else { (below, " ") };
            self.put(format_args!("{faint}{indent}{faint:#}{style}{mark} {line}{style:#}\n"));
        }
    }

    fn put(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn heading(&mut self, text: &str) {
        let strong = self.styles.strong;
        self.put(format_args!("\n{strong}{text}{strong:#}\n"));
    }

    /// The required fields that are empty, field by field.
    fn missing(&mut self) {
        let mut by_field: Vec<(&str, Vec<Code>)> = Vec::new();
        for Missing { content, field } in self.import.missing_mandatory() {
            match by_field.iter_mut().find(|(name, _)| *name == field) {
                Some((_, codes)) => codes.push(content),
                None => by_field.push((field, vec![content])),
            }
        }
        if by_field.is_empty() {
            return;
        }
        self.heading("Required by Ametys and still to fill in");
        for (field, codes) in by_field {
            let names = codes.iter().take(NAMED).map(|name| match name.as_str() {
                Missing::CONTAINERS => "every container".to_owned(),
                name => code(name),
            });
            let mut text = names.collect::<Vec<_>>().join(", ");
            if codes.len() > NAMED {
                text = format!("{text} and {} more", codes.len() - NAMED);
            }
            for (number, line) in wrap(&text, 12, 12).into_iter().enumerate() {
                let field = if number == 0 { field } else { "" };
                self.put(format_args!("  {field:<8}  {line}\n"));
            }
        }
    }

    fn legend(&mut self) {
        let marks = [
            (self.marks.error, "✗ error"),
            (self.marks.warning, "! warning"),
            (self.marks.info, "i hint"),
            (self.marks.left_out, "⊘ left out with all below it"),
            (self.marks.again, "↪ shared, drawn in full above"),
        ];
        let used = marks.into_iter().filter(|(is_used, _)| *is_used).map(|(_, mark)| mark);
        let used: Vec<_> = used.collect();
        if !used.is_empty() {
            let faint = self.styles.faint;
            self.put(format_args!("\n{faint}{}{faint:#}\n", used.join("   ")));
        }
    }
}

/// The parent of what was left out, where that is what an alert says.
fn parent(alert: &Alert) -> Option<&str> {
    match &alert.kind {
        AlertKind::ChildNotAllowed { parent, .. }
        | AlertKind::Cycle { parent }
        | AlertKind::DanglingChild { parent, .. }
        | AlertKind::ChildRepeated { parent } => Some(parent),
        AlertKind::NonOpInOpGrouping { grouping } => Some(grouping),
        AlertKind::UnknownObjectType { parent, .. } => parent.as_deref(),
        _ => None,
    }
}

/// What was left out: a code, or the id of what is not there.
fn child(alert: &Alert) -> &str {
    match &alert.kind {
        AlertKind::DanglingChild { id, .. } => id,
        _ => &alert.object,
    }
}

/// The content that an alert stands at.
fn subject(alert: &Alert) -> &str {
    match &alert.kind {
        AlertKind::OpWithoutGrouping { list, .. }
        | AlertKind::AutoListMixedObligation { list, .. }
        | AlertKind::CodeTaken { code: list } => list,
        _ => &alert.object,
    }
}

fn is_in(catalogue: &Catalogue, code: &str) -> bool {
    catalogue.get(code).is_some()
}

/// An alert with its code and its line.
fn said(alert: &Alert) -> String {
    let place = alert.place.as_ref().map_or_else(String::new, |place| {
        let file = match place.input {
            Input::Maquette => "",
            Input::Details => "details, ",
        };
        format!(" ({file}line {})", place.position.line)
    });
    format!("{}{place}: {alert}", alert.kind.rule().code)
}

/// The lines to the left of a row, or of what stands below it.
fn bars(is_last: &[bool], is_row: bool) -> String {
    let Some((own, above)) = is_last.split_last() else { return String::new() };
    let bar = |is_last: &bool| if *is_last { "   " } else { "│  " };
    let mut bars: String = above.iter().take(LEVELS).map(bar).collect();
    if above.len() < LEVELS {
        bars += match (is_row, *own) {
            (true, true) => "└─ ",
            (true, false) => "├─ ",
            (false, own) => bar(&own),
        };
    } else if is_row {
        return bars + &format!("({}) ", is_last.len());
    }
    bars
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// A text on lines of which the first begins at one column and the others at another.
fn wrap(text: &str, first: usize, others: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = WIDTH.saturating_sub(first);
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let line = &mut lines[..];
            let Some(line) = line.last_mut() else { return lines };
            let blank = usize::from(!line.is_empty());
            if word.len() + blank <= room {
                line.extend((blank == 1).then_some(' '));
                line.extend(&word);
                room -= word.len() + blank;
                break;
            }
            // A word that fills more than a line is broken.
            let whole = WIDTH.saturating_sub(others).max(TITLE);
            if word.len() > whole && blank == 0 {
                line.extend(word.drain(..room.clamp(1, whole)));
            }
            lines.push(String::new());
            room = whole;
        }
    }
    lines
}

/// How things look on a terminal.
struct Styles {
    strong: Style,
    faint: Style,
    struck: Style,
    colour: bool,
}

impl Styles {
    fn new(colour: bool) -> Self {
        let effects = |effects| if colour { Style::new().effects(effects) } else { Style::new() };
        Self {
            strong: effects(Effects::BOLD),
            faint: effects(Effects::DIMMED),
            struck: effects(Effects::STRIKETHROUGH),
            colour,
        }
    }

    fn of(&self, severity: Severity) -> Style {
        match severity {
            _ if !self.colour => Style::new(),
            Severity::Error => AnsiColor::BrightRed.on_default(),
            Severity::Warning => AnsiColor::Yellow.on_default(),
            Severity::Info => AnsiColor::Cyan.on_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_broken_between_words() {
        let lines = wrap(&"word ".repeat(30), 10, 50);
        assert_eq!(lines.iter().map(|line| length(line)).collect::<Vec<_>>(), [89, 49, 10]);
        let lines = wrap(&"x".repeat(200), 90, 50);
        assert_eq!(lines.concat(), "x".repeat(200));
        assert!(lines.iter().all(|line| length(line) <= 50), "{lines:?}");
    }

    #[test]
    fn the_drawing_grows_no_wider_than_so_many_levels() {
        assert_eq!(bars(&[], true), "");
        assert_eq!(bars(&[false, true], true), "│  └─ ");
        assert_eq!(bars(&[true, false], false), "   │  ");
        assert!(length(&bars(&[true; 10_000], true)) < 50);
    }
}
