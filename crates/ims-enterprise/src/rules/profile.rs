//! What a receiver does with the items of a file.

use std::collections::HashSet;

use edu_diagnostics::keys::{KeySet, number};
use edu_diagnostics::{Diagnostic, Rule, Span};
use edu_syntax::xml::Text;

use super::table;
use crate::codes::{Coded, IdType, RecStatus, Vocabulary};
use crate::dates::Date;
use crate::model::{Extension, Record, Role};
use crate::password::Password;
use crate::profiles::Profile;
use crate::read::element::{Item, Visit, Visitor};

/// The checks of one profile. What it reads and what it ignores is said once for each item.
#[derive(Debug)]
pub(crate) struct ProfileCheck {
    profile: &'static Profile,
    said: KeySet,
}

impl ProfileCheck {
    pub(crate) fn new(profile: &'static Profile) -> Self {
        Self { profile, said: HashSet::default() }
    }

    pub(crate) fn check(&mut self, record: &Record<'_>, findings: &mut Vec<Diagnostic>) {
        let mut walk = Walk { check: self, findings, path: String::new(), seen: Vec::new() };
        match record {
            Record::Properties(record) => walk.record("properties", &**record),
            Record::Person(record) => {
                walk.record("person", &**record);
                walk.require("person", record.element.name_span(), record.recstatus);
            }
            Record::Group(record) => {
                walk.record("group", &**record);
                walk.require("group", record.element.name_span(), record.recstatus);
            }
            Record::Membership(record) | Record::MembershipMore(record) => {
                walk.record("membership", &**record);
            }
            Record::Member(record) => {
                walk.record("member", &**record);
                if record.idtype() != Some(IdType::Group) {
                    record.roles.iter().for_each(|role| walk.role(role));
                }
            }
            Record::Comments(record) => walk.record("comments", record),
            Record::MembershipEnd | Record::Unknown(_) | Record::Text(_) => {}
        }
    }
}

struct Walk<'c, 'f> {
    check: &'c mut ProfileCheck,
    findings: &'f mut Vec<Diagnostic>,
    path: String,
    /// The required items that the record has.
    seen: Vec<&'static str>,
}

impl Walk<'_, '_> {
    fn record(&mut self, name: &'static str, record: &impl Visit) {
        let item = Item { name, is_attribute: false, max: None, filled: false, deviant: false };
        record.visit(&item, self);
    }

    /// Asks for what the profile requires; what is to be deleted needs no more than its id.
    fn require(
        &mut self,
        record: &'static str,
        place: Span,
        recstatus: Option<Coded<'_, RecStatus>>,
    ) {
        if recstatus.is_some_and(|code| code.code() == RecStatus::Delete) {
            return;
        }
        let profile = self.check.profile;
        for path in profile.requires {
            let concerns = path.strip_prefix(record).is_some_and(|rest| rest.starts_with('/'));
            if concerns && !self.seen.contains(path) {
                let finding = Diagnostic::new(&table::PROFILE_REQUIRES).at(place);
                self.findings.push(finding.word("profile", profile.title).word("path", *path));
            }
        }
    }

    fn role(&mut self, role: &Role<'_>) {
        let profile = self.check.profile;
        if let Some(code) = role.roletype()
            && profile.role(&code.code()).is_none()
        {
            let finding = Diagnostic::new(&table::PROFILE_ROLE).at(code.span());
            self.findings.push(finding.word("profile", profile.title).data("found", code.raw()));
        }
    }

    fn item(&mut self, item: &Item, span: Span, blank: bool) {
        let end = self.path.len();
        self.path.push(if item.is_attribute { '@' } else { '/' });
        self.path.push_str(item.name);
        self.say(span, blank);
        self.path.truncate(end);
    }

    /// Says once whether the item at the current path is read.
    fn say(&mut self, span: Span, blank: bool) {
        let profile = self.check.profile;
        if !blank && let Some(path) = profile.requires.iter().find(|path| **path == self.path) {
            self.seen.push(path);
        }
        if profile.reads.is_none() || !self.check.said.insert(number(self.path.as_bytes())) {
            return;
        }
        let rule: &'static Rule =
            if profile.reads(&self.path) { &table::PROFILE_READS } else { &table::PROFILE_IGNORES };
        let finding = Diagnostic::new(rule).at(span);
        self.findings.push(finding.word("profile", profile.title).word("path", self.path.clone()));
    }
}

impl Visitor for Walk<'_, '_> {
    fn text(&mut self, item: &Item, text: &Text<'_>) {
        self.item(item, text.span(), text.is_blank());
    }

    fn code<C: Vocabulary>(&mut self, item: &Item, code: &Coded<'_, C>) {
        self.text(item, code);
    }

    fn date(&mut self, item: &Item, date: &Date<'_>) {
        self.text(item, date);
    }

    fn password(&mut self, item: &Item, password: &Password<'_>) {
        self.item(item, password.span(), false);
    }

    fn extension(&mut self, item: &Item, extension: &Extension<'_>) {
        self.enter(item, false);
        for element in extension.element.elements() {
            let end = self.path.len();
            self.path.push('/');
            self.path.push_str(element.local_name());
            self.say(element.name_span(), false);
            self.path.truncate(end);
        }
        self.leave();
    }

    fn enter(&mut self, item: &Item, is_leaf: bool) {
        if !self.path.is_empty() {
            self.path.push('/');
        }
        self.path.push_str(item.name);
        // A leaf counts where its text is not empty.
        if !is_leaf {
            let path = self.check.profile.requires.iter().find(|path| **path == self.path);
            self.seen.extend(path);
        }
    }

    fn leave(&mut self) {
        let end = self.path.rfind('/').unwrap_or(0);
        self.path.truncate(end);
    }

    fn missing(&mut self, _: &Item, _: Span) {}
}
