//! The checks that need nothing but one record.

use edu_diagnostics::{Diagnostic, Rule, Span};
use edu_syntax::xml::Text;

use super::table;
use crate::codes::{Coded, Flag, IdType, RecStatus, Spelling, Status, ValueType, Vocabulary};
use crate::dates::{Date, Moment, NotADate, Pattern};
use crate::model::{Bound, ExamResult, Member, Record, Role, TimeFrame};
use crate::password::Password;
use crate::read::element::{Item, Visit, Visitor};
use crate::redact;

/// Checks one record.
pub(crate) fn check(record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
    let mut checker = Checker { findings, path: Vec::new(), given_by_attribute: None };
    match record {
        Record::Properties(record) => checker.walk("properties", &**record),
        Record::Person(record) => checker.walk("person", &**record),
        Record::Group(record) => {
            checker.walk("group", &**record);
            if let Some(timeframe) = &record.timeframe {
                checker.timeframe("group/timeframe", timeframe);
            }
        }
        Record::Membership(record) | Record::MembershipMore(record) => {
            checker.walk("membership", &**record);
        }
        Record::Member(record) => {
            checker.walk("member", &**record);
            checker.member(record);
        }
        Record::Comments(record) => checker.walk("comments", record),
        Record::MembershipEnd | Record::Unknown(_) | Record::Text(_) => {}
    }
}

struct Checker<'f> {
    findings: &'f mut Vec<Diagnostic>,
    /// Names of the elements around the item at hand.
    path: Vec<&'static str>,
    /// The item whose code an attribute gave, so that its text may be empty.
    given_by_attribute: Option<&'static str>,
}

impl Checker<'_> {
    fn walk(&mut self, name: &'static str, record: &impl Visit) {
        let item = Item { name, is_attribute: false, max: None, filled: false, deviant: false };
        record.visit(&item, self);
    }

    /// Path of an item below the record, as `person/name/n/family` or `role@recstatus`.
    fn path_to(&self, item: &Item) -> String {
        let mut path = self.path.join("/");
        if !path.is_empty() {
            path.push(if item.is_attribute { '@' } else { '/' });
        }
        path + item.name
    }

    fn finding(&self, rule: &'static Rule, item: &Item, text: &Text<'_>) -> Diagnostic {
        Diagnostic::new(rule)
            .at(text.span())
            .word("path", self.path_to(item))
            .data("found", redact::source(text.raw()))
    }

    fn report(&mut self, rule: &'static Rule, item: &Item, text: &Text<'_>) {
        let finding = self.finding(rule, item, text);
        self.findings.push(finding);
    }

    fn is_key(&self, item: &Item) -> bool {
        let parent = self.path.last().copied().unwrap_or_default();
        (parent == "sourcedid" && matches!(item.name, "id" | "source"))
            || (item.name == "userid" && !item.is_attribute)
    }

    /// An item that must be filled is empty.
    fn empty(&mut self, item: &Item, text: &Text<'_>) {
        let parent = self.path.last().copied().unwrap_or_default();
        let rule = match (parent, item.name) {
            ("sourcedid", "id") => &table::ID_MISSING,
            ("sourcedid", "source") => &table::SOURCE_MISSING,
            _ => {
                self.report(&table::ITEM_EMPTY, item, text);
                return;
            }
        };
        let path = self.path.join("/");
        self.findings.push(Diagnostic::new(rule).at(text.span()).word("path", path));
    }

    fn member(&mut self, member: &Member<'_>) {
        let is_group = member.idtype() == Some(IdType::Group);
        for role in &member.roles {
            self.role(role, is_group);
        }
    }

    fn role(&mut self, role: &Role<'_>, is_group: bool) {
        if role.roletype().is_none() && !is_group {
            self.findings
                .push(Diagnostic::new(&table::ROLETYPE_MISSING).at(role.element.name_span()));
        }
        if let (Some(recstatus), Some(status)) = (&role.recstatus, &role.status) {
            let contradiction = match (recstatus.code(), status.code()) {
                (RecStatus::Delete, Status::Active) => {
                    Some((&table::DELETED_BUT_ACTIVE, "to be deleted here"))
                }
                (RecStatus::Add, Status::Inactive) => {
                    Some((&table::ADDED_BUT_INACTIVE, "to be added here"))
                }
                _ => None,
            };
            if let Some((contradiction, label)) = contradiction {
                let finding =
                    Diagnostic::new(contradiction).at(status.span()).data("found", status.raw());
                self.findings.push(finding.label(recstatus.span(), label));
            }
        }
        if let Some(timeframe) = &role.timeframe {
            self.timeframe("member/role/timeframe", timeframe);
        }
        for result in &role.interimresults {
            self.result("member/role/interimresult/values", result);
        }
        for result in &role.finalresults {
            self.result("member/role/finalresult/values", result);
        }
    }

    fn timeframe(&mut self, path: &'static str, timeframe: &TimeFrame<'_>) {
        for (name, limit) in [("begin", &timeframe.begin), ("end", &timeframe.end)] {
            if let Some(limit) = limit
                && limit.text.is_blank()
                && limit.restrict.is_some_and(|restrict| restrict.code() == Flag::Yes)
            {
                let finding =
                    Diagnostic::new(&table::RESTRICT_WITHOUT_DATE).at(limit.element.name_span());
                self.findings.push(finding.word("path", format!("{path}/{name}")));
            }
        }
        let day = |limit: &Option<Bound<'_>>| {
            let limit = limit.as_ref()?;
            let (moment, _) = limit.text.parse_lenient().ok()?;
            Some((moment.date(), limit.text.span(), limit.text.raw().to_owned()))
        };
        if let (Some((begin, begin_span, begin_text)), Some((end, end_span, end_text))) =
            (day(&timeframe.begin), day(&timeframe.end))
            && end < begin
        {
            let finding = Diagnostic::new(&table::END_BEFORE_BEGIN)
                .at(end_span)
                .word("path", path)
                .data("end", end_text)
                .data("begin", begin_text)
                .label(begin_span, "it begins here");
            self.findings.push(finding);
        }
    }

    fn result(&mut self, path: &'static str, result: &ExamResult<'_>) {
        let Some(values) = &result.values else { return };
        let Some(valuetype) = &values.valuetype else { return };
        let held = match valuetype.code() {
            ValueType::List if values.min.is_some() || values.max.is_some() => "a range",
            ValueType::Range if !values.list.is_empty() => "a list",
            _ => return,
        };
        let finding = Diagnostic::new(&table::RESULT_VALUES)
            .at(valuetype.span())
            .word("path", path)
            .data("found", valuetype.raw())
            .word("held", held);
        self.findings.push(finding);
    }
}

impl Visitor for Checker<'_> {
    fn text(&mut self, item: &Item, text: &Text<'_>) {
        if item.filled && text.is_blank() && self.given_by_attribute.take() != Some(item.name) {
            self.empty(item, text);
            return;
        }
        // Bytes are never fewer than characters: most texts are done with one comparison.
        if let Some(max) = item.max
            && text.raw().len() > max as usize
        {
            let length = text.value().chars().count();
            if length > max as usize {
                let finding = self.finding(&table::TEXT_TOO_LONG, item, text);
                self.findings.push(finding.count("length", length as u64).count("max", max.into()));
            }
        }
        if !text.is_plain() && is_double_escaped(text.raw()) {
            self.report(&table::DOUBLE_ESCAPED, item, text);
        }
        let raw = text.raw();
        let is_padded = raw.starts_with(char::is_whitespace) || raw.ends_with(char::is_whitespace);
        if is_padded && self.is_key(item) && !text.is_blank() {
            self.report(&table::PADDED_KEY, item, text);
        }
    }

    fn code<C: Vocabulary>(&mut self, item: &Item, code: &Coded<'_, C>) {
        if item.deviant {
            let rule =
                if item.is_attribute { &table::IDTYPE_ATTRIBUTE } else { &table::ROLETYPE_ELEMENT };
            self.report(rule, item, code);
            self.given_by_attribute = Some(item.name);
        }
        self.text(item, code);
        if code.is_blank() && !item.is_attribute {
            return;
        }
        let rule = match code.spelling() {
            Spelling::Exact => return,
            Spelling::Loose => &table::LOOSE_CODE,
            Spelling::Unknown => &table::UNKNOWN_CODE,
        };
        let finding = self.finding(rule, item, code);
        self.findings.push(finding.word("expected", C::EXPECTED));
    }

    fn date(&mut self, item: &Item, date: &Date<'_>) {
        self.text(item, date);
        let rule = match date.parse_lenient() {
            Ok((Moment::Day(_) | Moment::Local(_) | Moment::Zoned(..), Pattern::Iso))
            | Err(NotADate::Empty) => {
                if date.raw().trim().len() == date.raw().len() || date.is_blank() {
                    return;
                }
                &table::LOOSE_DATE
            }
            Ok(_) => &table::LOOSE_DATE,
            Err(NotADate::Impossible) => &table::IMPOSSIBLE_DATE,
            Err(NotADate::Ambiguous) => &table::AMBIGUOUS_DATE,
            Err(NotADate::Unknown) => &table::UNREADABLE_DATE,
        };
        self.report(rule, item, date);
    }

    fn password(&mut self, item: &Item, password: &Password<'_>) {
        if let Some(max) = item.max
            && password.span().len() > max.into()
        {
            let length = password.length() as u64;
            if length > max.into() {
                let finding = Diagnostic::new(&table::TEXT_TOO_LONG)
                    .at(password.span())
                    .word("path", self.path_to(item));
                self.findings.push(finding.count("length", length).count("max", max.into()));
            }
        }
    }

    fn enter(&mut self, item: &Item, _: bool) {
        self.path.push(item.name);
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn missing(&mut self, item: &Item, place: Span) {
        let parent = self.path.last().copied().unwrap_or_default();
        let rule = match (parent, item.name) {
            _ if item.is_attribute => &table::ATTRIBUTE_MISSING,
            (_, "sourcedid") => &table::SOURCEDID_MISSING,
            ("sourcedid", "id") => &table::ID_MISSING,
            ("sourcedid", "source") => &table::SOURCE_MISSING,
            ("person", "name") | ("name", "fn") => &table::NAME_MISSING,
            ("group", "description") | ("description", "short") => &table::DESCRIPTION_MISSING,
            ("member", "role") => &table::ROLE_MISSING,
            ("member", "idtype") => &table::IDTYPE_MISSING,
            ("role", "status") => &table::STATUS_MISSING,
            _ => &table::ITEM_MISSING,
        };
        let finding = Diagnostic::new(rule)
            .at(place)
            .word("path", self.path.join("/"))
            .word("item", item.name);
        self.findings.push(finding);
    }
}

/// Whether an escaped `&` is followed by what looks like a reference of its own.
fn is_double_escaped(raw: &str) -> bool {
    raw.match_indices("&amp;").any(|(at, escaped)| {
        let rest = &raw[at + escaped.len()..];
        let name = rest.find(';').map_or("", |end| &rest[..end]);
        let digits = name.strip_prefix('#').map(|number| number.trim_start_matches('x'));
        matches!(name, "amp" | "lt" | "gt" | "quot" | "apos" | "nbsp")
            || digits.is_some_and(|digits| {
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_escaped_twice() {
        for text in ["a &amp;quot; b", "&amp;amp;", "&amp;#233;", "&amp;#xE9;"] {
            assert!(is_double_escaped(text), "{text}");
        }
        for text in ["R &amp; D; Ethics", "&amp;", "&amp;c;", "&amp;#;", "a;b"] {
            assert!(!is_double_escaped(text), "{text}");
        }
    }
}
