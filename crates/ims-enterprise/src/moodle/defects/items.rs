//! The items of one record: what Moodle's patterns take for them, and what stands there.

use std::borrow::Cow;
use std::ops::Range;

use edu_diagnostics::{Diagnostic, Rule, Span};
use edu_syntax::xml::{Element, Text};

use super::pattern::{self, Found, Pattern, starts};
use crate::codes::{Coded, Flag, RecStatus};
use crate::model::{
    Bound, Extension, Group, Member, Membership, Person, Properties, Role, SourcedId, UserId,
};
use crate::profiles::moodle;
use crate::{redact, rules};

const fn item(around: &'static [&'static str], name: &'static str) -> Pattern {
    Pattern { in_role: false, around, name, may_be_empty: false }
}

const fn item_or_empty(around: &'static [&'static str], name: &'static str) -> Pattern {
    Pattern { may_be_empty: true, ..item(around, name) }
}

const fn role_item(around: &'static [&'static str], name: &'static str) -> Pattern {
    Pattern { in_role: true, ..item(around, name) }
}

const ID: Pattern = item(&["sourcedid"], "id");
const GIVEN: Pattern = item(&["name", "n"], "given");
const FAMILY: Pattern = item(&["name", "n"], "family");
const EMAIL: Pattern = item_or_empty(&[], "email");
const LOCALITY: Pattern = item(&["adr"], "locality");
const COUNTRY: Pattern = item(&["adr"], "country");
const SHORT: Pattern = item_or_empty(&["description"], "short");
const LONG: Pattern = item_or_empty(&["description"], "long");
const FULL: Pattern = item_or_empty(&["description"], "full");
const ORG: Pattern = item_or_empty(&[], "org");
const ORGUNIT: Pattern = item_or_empty(&[], "orgunit");
const STATUS: Pattern = role_item(&[], "status");
const TIMEFRAME: Pattern = role_item(&[], "timeframe");
const COHORT: Pattern = role_item(&["extension"], "cohort");

/// The items of one record.
pub(super) struct Items<'a, 't> {
    source: &'t str,
    /// Offset of the record in the whole text.
    base: u64,
    extensions: &'a [Extension<'t>],
    findings: &'a mut Vec<Diagnostic>,
}

/// What a parser sees where Moodle's pattern should find it.
#[derive(Clone, Copy)]
struct Wanted<'t> {
    span: Span,
    /// The text, where the item is one.
    text: Option<Text<'t>>,
}

impl<'t> From<Text<'t>> for Wanted<'t> {
    fn from(text: Text<'t>) -> Self {
        Self { span: text.span(), text: Some(text) }
    }
}

impl Wanted<'_> {
    fn is_blank(&self) -> bool {
        self.text.is_some_and(|text| text.is_blank())
    }
}

impl<'a, 't> Items<'a, 't> {
    pub(super) fn new(element: Element<'t>, findings: &'a mut Vec<Diagnostic>) -> Self {
        Self { source: element.source(), base: element.span().start, extensions: &[], findings }
    }

    pub(super) fn person(mut self, person: &'a Person<'t>) {
        self.recstatus("person@recstatus", person.recstatus.as_ref());
        self.sourcedid("person/sourcedid/id", person.sourcedids.first());
        self.extensions = &person.extensions;
        self.userids(&person.userids);
        let parts = person.name.as_ref().and_then(|name| name.parts.as_ref());
        self.text("person/name/n/given", GIVEN, parts.and_then(|parts| parts.given));
        self.text("person/name/n/family", FAMILY, parts.and_then(|parts| parts.family));
        self.text("person/email", EMAIL, person.email);
        let address = person.adr.as_ref();
        self.text("person/adr/locality", LOCALITY, address.and_then(|adr| adr.locality));
        self.text("person/adr/country", COUNTRY, address.and_then(|adr| adr.country));
    }

    pub(super) fn group(mut self, group: &'a Group<'t>) {
        self.recstatus("group@recstatus", group.recstatus.as_ref());
        self.sourcedid("group/sourcedid/id", group.sourcedids.first());
        self.extensions = &group.extensions;
        let description = group.description.as_ref();
        self.text("group/description/short", SHORT, description.and_then(|it| it.short));
        self.text("group/description/long", LONG, description.and_then(|it| it.long));
        self.text("group/description/full", FULL, description.and_then(|it| it.full));
        let orgunits = group.org.as_ref().map_or(&[][..], |org| &org.orgunits);
        self.orgunits(orgunits);
    }

    pub(super) fn properties(mut self, properties: &Properties<'t>) {
        for target in &properties.targets {
            self.undecoded("properties/target", *target);
        }
    }

    /// The beginning of a membership, up to its first member.
    pub(super) fn membership(mut self, membership: &Membership<'t>) {
        if membership.sourcedid.is_some() {
            self.sourcedid("membership/sourcedid/id", membership.sourcedid.as_ref());
        }
    }

    pub(super) fn member(mut self, member: &'a Member<'t>) {
        self.sourcedid("member/sourcedid/id", member.sourcedid.as_ref());
        let Some(role) = member.roles.first() else { return };
        self.roletype(role);
        self.recstatus("member/role@recstatus", role.recstatus.as_ref());
        self.extensions = &role.extensions;
        self.text("member/role/status", STATUS, role.status.map(|status| *status));
        self.timeframe(role);
        // What is wanted stands in an extension itself.
        self.extensions = &[];
        self.text("member/role/extension/cohort", COHORT, moodle::cohort(role));
    }

    fn report(&mut self, rule: &'static Rule, path: &'static str, span: Span) {
        self.findings.push(Diagnostic::new(rule).at(span).word("path", path));
    }

    fn text(&mut self, path: &'static str, pattern: Pattern, wanted: Option<Text<'t>>) {
        let found = pattern.find(self.source);
        self.compare(path, found, wanted.map(Wanted::from), &rules::MOODLE_MISSES_ITEM);
    }

    /// Says where Moodle takes something else than what stands there; `otherwise` where it is neither a
    /// comment nor an extension that it takes.
    fn compare(
        &mut self,
        path: &'static str,
        found: Option<Found>,
        wanted: Option<Wanted<'t>>,
        otherwise: &'static Rule,
    ) {
        let span = found.as_ref().map(|found| self.span(&found.content));
        if let Some(wanted) = wanted
            && span == Some(wanted.span)
        {
            if let Some(text) = wanted.text {
                self.undecoded(path, text);
            }
            return;
        }
        let wanted = wanted.filter(|wanted| !wanted.is_blank());
        let Some(found) = found.filter(|found| {
            let content = &self.source[found.content.clone()];
            wanted.is_some() || !content.trim().is_empty()
        }) else {
            if let Some(wanted) = wanted {
                self.report(otherwise, path, wanted.span);
            }
            return;
        };
        let place = self.span(&(found.tag..found.content.start));
        let (rule, place) = if self.is_hidden(found.tag) {
            (&rules::MOODLE_READS_COMMENT, place)
        } else if self.is_in_extension(place) {
            (&rules::MOODLE_READS_EXTENSION, place)
        } else {
            (otherwise, wanted.map_or(place, |wanted| wanted.span))
        };
        self.report(rule, path, place);
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start as u64, self.base + range.end as u64)
    }

    fn is_hidden(&self, at: usize) -> bool {
        pattern::hidden(self.source)
            .take_while(|(_, range)| range.start <= at)
            .any(|(_, range)| range.contains(&at))
    }

    fn is_in_extension(&self, place: Span) -> bool {
        self.extensions.iter().any(|extension| {
            let span = extension.element.span();
            span.start < place.start && place.end <= span.end
        })
    }

    /// Says where a text that Moodle takes as it stands means something else.
    fn undecoded(&mut self, path: &'static str, text: Text<'t>) {
        let raw = text.raw();
        if text.is_plain() || !raw.contains(['&', '<']) {
            return;
        }
        // Line ends are not what this is about.
        let lines = if raw.contains('\r') {
            Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(raw)
        };
        if text.value() != lines {
            let finding = Diagnostic::new(&rules::MOODLE_KEEPS_REFERENCES).at(text.span());
            self.findings.push(finding.word("path", path).data("found", redact::source(raw)));
        }
    }

    fn recstatus(&mut self, path: &'static str, recstatus: Option<&Coded<'t, RecStatus>>) {
        if let Some(recstatus) = recstatus
            && !recstatus.is_blank()
            && !matches!(recstatus.raw().as_bytes(), [b'0'..=b'9'])
        {
            let finding = Diagnostic::new(&rules::MOODLE_RECSTATUS).at(recstatus.span());
            let found = redact::source(recstatus.raw());
            self.findings.push(finding.word("path", path).data("found", found));
        }
    }

    fn sourcedid(&mut self, path: &'static str, sourcedid: Option<&SourcedId<'t>>) {
        let found = ID.find(self.source);
        let id = sourcedid.and_then(|sourcedid| sourcedid.id);
        if let (Some(found), Some(id)) = (&found, id)
            && id.raw().is_empty()
            && self.span(&found.content).start == id.span().start
        {
            let place = self.span(&(found.tag..found.content.start));
            self.report(&rules::MOODLE_EMPTY_ID, path, place);
            return;
        }
        let Some(sourcedid) = sourcedid else {
            self.compare(path, found, None, &rules::MOODLE_MISSES_ITEM);
            return;
        };
        let wanted = id.map(Wanted::from);
        if pattern::open(sourcedid.element.source().as_bytes(), 0, "sourcedid")
            .is_some_and(|tag| tag.start == 0)
        {
            self.compare(path, found, wanted, &rules::MOODLE_MISSES_ITEM);
        } else {
            let before = self.findings.len();
            self.compare(path, found, wanted, &rules::MOODLE_PASSES_SOURCEDID);
            for finding in &mut self.findings[before..] {
                if *finding.rule == rules::MOODLE_PASSES_SOURCEDID {
                    finding.span = Some(sourcedid.element.name_span());
                }
            }
        }
    }

    fn userids(&mut self, userids: &[UserId<'t>]) {
        let path = "person/userid";
        let found = pattern::userid(self.source);
        match (&found, userids.first()) {
            (Some(found), Some(first))
                if first.element.source().ends_with("/>")
                    && self.span(&found.content).start == first.element.span().end =>
            {
                self.report(&rules::MOODLE_EMPTY_USERID, path, first.element.span());
            }
            (_, first) => {
                let wanted = first.map(|first| Wanted::from(first.text));
                self.compare(path, found, wanted, &rules::MOODLE_MISSES_ITEM);
            }
        }
        let named =
            |userid: &&UserId<'t>| userid.authenticationtype.is_some_and(|value| !value.is_blank());
        if let Some(userid) = userids.iter().find(named)
            && let Some(value) = userid.authenticationtype
            && let Some(why) = misread_authentication(userid.element.source())
        {
            // The value alone is quoted: a password may stand beside it.
            let finding = Diagnostic::new(&rules::MOODLE_AUTHENTICATION).at(value.span());
            self.findings.push(finding.word("why", why));
        }
    }

    /// The categories: each `orgunit` of the first `org`.
    fn orgunits(&mut self, wanted: &[Text<'t>]) {
        let path = "group/org/orgunit";
        let org = ORG.find(self.source).map_or(0..0, |found| found.content);
        let mut at = org.start;
        let mut wanted = wanted.iter().filter(|text| !text.is_blank());
        loop {
            let found = ORGUNIT.find(&self.source[at..org.end]).map(|found| Found {
                tag: found.tag + at,
                content: found.content.start + at..found.content.end + at,
            });
            if let Some(found) = &found {
                at = found.content.end;
                if self.source[found.content.clone()].trim().is_empty() {
                    continue;
                }
            }
            let next = wanted.next();
            let before = self.findings.len();
            let all_read = found.is_none() && next.is_none();
            self.compare(path, found, next.copied().map(Wanted::from), &rules::MOODLE_MISSES_ITEM);
            let is_misread = self.findings[before..]
                .iter()
                .any(|finding| *finding.rule != rules::MOODLE_KEEPS_REFERENCES);
            // Once one is misread the others are out of step.
            if all_read || is_misread {
                return;
            }
        }
    }

    fn roletype(&mut self, role: &Role<'t>) {
        let at = usize::try_from(role.element.span().start - self.base).unwrap_or_default();
        let first = pattern::tags(self.source.as_bytes(), 0)
            .find(|&at| pattern::is_word(&self.source.as_bytes()[at..], "role"));
        if let Some(first) = first
            && first < at
            && self.is_hidden(first)
        {
            let place = self.span(&(first..first + "<role".len()));
            self.report(&rules::MOODLE_READS_COMMENT, "member/role", place);
        }
        let Some(_) = role.roletype_attribute else {
            if let Some(roletype) = role.roletype_element {
                let finding = Diagnostic::new(&rules::MOODLE_ROLETYPE_ELEMENT);
                self.findings.push(finding.at(roletype.span()));
            }
            return;
        };
        let first = first_attribute(role.element);
        let name = &role.element.source()[first.clone()];
        if !name.eq_ignore_ascii_case("roletype") {
            let finding = Diagnostic::new(&rules::MOODLE_ROLETYPE_NOT_FIRST);
            self.findings.push(
                finding.at(self.span(&(at + first.start..at + first.end))).data("found", name),
            );
        }
    }

    /// The days between which a role counts, where they are binding.
    fn timeframe(&mut self, role: &Role<'t>) {
        let Some(timeframe) = &role.timeframe else { return };
        let binding = |bound: &&Bound<'t>| {
            let restrict = bound.restrict.is_some_and(|restrict| restrict.code() == Flag::Yes);
            restrict && !bound.text.is_blank()
        };
        let begin = timeframe.begin.as_ref().filter(binding);
        let end = timeframe.end.as_ref().filter(binding);
        if begin.is_none() && end.is_none() {
            return;
        }
        let wanted = Wanted { span: inside(timeframe.element), text: None };
        let found = TIMEFRAME.find(self.source);
        let path = "member/role/timeframe";
        self.compare(path, found, Some(wanted), &rules::MOODLE_MISSES_ITEM);
        for (name, bound) in [("begin", begin), ("end", end)] {
            if let Some(bound) = bound
                && !is_limit(bound.element.source(), name)
            {
                let finding = Diagnostic::new(&rules::MOODLE_DATE).at(bound.text.span());
                let found = redact::source(bound.text.raw());
                self.findings.push(finding.word("item", name).data("found", found));
            }
        }
    }
}

/// Where the content of an element stands.
fn inside(element: Element<'_>) -> Span {
    let source = element.source();
    let start = source.find('>').map_or(source.len(), |at| at + 1);
    let end = source.rfind("</").unwrap_or(source.len());
    let base = element.span().start;
    Span::new(base + start as u64, base + end as u64)
}

/// Where the name of the first attribute stands in the element.
fn first_attribute(element: Element<'_>) -> Range<usize> {
    let source = element.source();
    let rest = &source[1 + element.name().len()..];
    let start = source.len() - rest.trim_start().len();
    let is_over = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/');
    let length = source[start..].find(is_over);
    start..length.map_or(source.len(), |length| start + length)
}

/// What keeps Moodle from reading the way of authentication out of a `userid`; it takes whatever stands
/// between the `=` and the end of the tag.
fn misread_authentication(source: &str) -> Option<&'static str> {
    const NAME: &str = "authenticationtype";
    let rest = source.get("<userid".len()..)?.trim_start();
    if !starts(rest.as_bytes(), NAME) {
        return Some("it is not the first attribute");
    }
    let value = rest[NAME.len()..].trim_start().strip_prefix('=')?.trim_start();
    let Some(value) = value.strip_prefix('"') else {
        return Some("it is not in double quotes");
    };
    let (_, behind) = value.split_once('"')?;
    (!behind.starts_with('>')).then_some("something stands behind it in the tag")
}

/// Whether a bound is spelled as Moodle wants it: `<begin restrict="1">2026-09-01</begin>`.
fn is_limit(source: &str, name: &str) -> bool {
    const RESTRICT: &str = "restrict=\"1\">";
    const DAY: usize = "2026-09-01".len();
    let Some(rest) = source.get(1 + name.len()..) else { return false };
    let attribute = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    if attribute.len() == rest.len() || !starts(attribute.as_bytes(), RESTRICT) {
        return false;
    }
    let date = &attribute.as_bytes()[RESTRICT.len()..];
    date.len() > DAY
        && date[..DAY].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && pattern::is_close(&date[DAY..], name)
}
