//! A Moodle site in memory.

use std::collections::{BTreeSet, HashMap};
use std::iter;

use edu_diagnostics::Diagnostic;

use super::state::{CategorySearch, Enrolment, State};
use super::texts::{self, IDNUMBER, Texts, USERNAME, Values};
use super::{Action, Step, UserFields};
use crate::rules;

/// A Moodle site in memory: what exists, and what the actions make of it.
///
/// Where two users have one name or id number, or two courses one code, the first counts. Only enrolments by
/// the plug-in are part of it. Ending one leaves the user's groups as they are.
#[derive(Debug, Clone, Default)]
pub struct Site {
    users: Vec<Option<User>>,
    usernames: Index,
    idnumbers: Index,
    courses: Vec<Course>,
    codes: HashMap<Box<str>, u32>,
    categories: Vec<Category>,
    category_names: Index,
    category_idnumbers: Index,
    default_category: Option<u32>,
    roles: Roles,
    enrolments: HashMap<(u32, u32), Enrolled>,
    problems: Vec<Diagnostic>,
}

#[derive(Debug, Clone)]
struct User {
    texts: Texts,
    /// Courses that the user is enrolled in, sorted.
    courses: Vec<u32>,
    /// Course and number of the groups that the user is in, sorted by course.
    groups: Vec<(u32, u32)>,
}

impl User {
    /// Numbers of the groups of a course that the user is in, in the order in which they came.
    fn groups_of(&self, course: u32) -> impl Iterator<Item = u32> {
        let first = self.groups.partition_point(|(of, _)| *of < course);
        let of_course = self.groups[first..].iter().take_while(move |(of, _)| *of == course);
        of_course.map(|(_, group)| *group)
    }
}

#[derive(Debug, Clone)]
struct Course {
    row: CourseRow,
    has_instance: bool,
    /// Names of its groups.
    groups: Vec<String>,
    group_names: HashMap<Box<str>, u32>,
}

#[derive(Debug, Clone)]
struct Category {
    row: CategoryRow,
    parent: Option<u32>,
}

#[derive(Debug, Clone)]
struct Enrolled {
    /// Number of the list of its roles.
    roles: u32,
    suspended: bool,
    timestart: i64,
    timeend: i64,
}

/// Roles, and the lists of roles that enrolments have: a site has many enrolments and few such lists.
#[derive(Debug, Clone, Default)]
struct Roles {
    /// Short names; the lists have their numbers.
    names: Vec<String>,
    lists: Vec<Box<[u16]>>,
    numbers: HashMap<Box<[u16]>, u32>,
}

impl Roles {
    fn role(&mut self, name: &str) -> u16 {
        let found = self.names.iter().position(|role| role == name);
        let place = found.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn list(&self, list: u32) -> &[u16] {
        &self.lists[place(list)]
    }

    fn names(&self, list: u32) -> impl Iterator<Item = &str> {
        self.list(list).iter().map(|role| &*self.names[usize::from(*role)])
    }

    fn number(&mut self, list: &[u16]) -> u32 {
        if let Some(known) = self.numbers.get(list) {
            return *known;
        }
        let new = number(self.lists.len());
        self.lists.push(list.into());
        self.numbers.insert(list.into(), new);
        new
    }
}

/// Places of rows by a key, the first one first.
#[derive(Debug, Clone, Default)]
struct Index {
    first: HashMap<Box<str>, u32>,
    /// The rows behind the first one: hardly a key has any.
    more: HashMap<Box<str>, BTreeSet<u32>>,
}

impl Index {
    fn first(&self, key: &str) -> Option<u32> {
        self.first.get(key).copied()
    }

    fn all(&self, key: &str) -> impl Iterator<Item = u32> {
        let more = || self.more.get(key).into_iter().flatten().copied();
        self.first(key).into_iter().flat_map(move |first| iter::once(first).chain(more()))
    }

    fn insert(&mut self, key: &str, row: u32) {
        let Some(first) = self.first.get_mut(key) else {
            self.first.insert(key.into(), row);
            return;
        };
        let later = row.max(*first);
        *first = row.min(*first);
        self.more.entry(key.into()).or_default().insert(later);
    }

    fn remove(&mut self, key: &str, row: u32) {
        let Some(first) = self.first.get_mut(key) else { return };
        let Some(more) = self.more.get_mut(key) else {
            if *first == row {
                self.first.remove(key);
            }
            return;
        };
        if *first != row {
            more.remove(&row);
        } else if let Some(next) = more.pop_first() {
            *first = next;
        }
        if more.is_empty() {
            self.more.remove(key);
        }
    }
}

/// A user as the JSON of a site has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct UserRow {
    /// User name.
    pub username: String,
    /// Id number; empty for none.
    pub idnumber: String,
    /// First name.
    pub firstname: String,
    /// Last name.
    pub lastname: String,
    /// E-mail address.
    pub email: String,
    /// How the user logs in.
    pub auth: String,
    /// Town.
    pub city: String,
    /// Country.
    pub country: String,
    /// Web address.
    pub url: String,
}

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct CourseRow {
    /// Its code.
    pub idnumber: String,
    /// Short name.
    pub shortname: String,
    /// Full name.
    pub fullname: String,
    /// Summary.
    pub summary: String,
    /// Name of the category.
    pub category: String,
    /// Whether students see it.
    pub visible: bool,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct CategoryRow {
    /// Name.
    pub name: String,
    /// Id number; empty for none.
    pub idnumber: String,
    /// Whether students see it.
    pub visible: bool,
    /// Courses are put into it that belong to no other.
    pub default: bool,
    /// Name of the category around it.
    pub parent: Option<String>,
}

/// Visible, all else empty.
impl Default for CourseRow {
    fn default() -> Self {
        let empty = String::new;
        Self {
            idnumber: empty(),
            shortname: empty(),
            fullname: empty(),
            summary: empty(),
            category: empty(),
            visible: true,
        }
    }
}

/// Visible, all else empty.
impl Default for CategoryRow {
    fn default() -> Self {
        let name = String::new();
        Self { name, idnumber: String::new(), visible: true, default: false, parent: None }
    }
}

/// An enrolment by the plug-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct EnrolmentRow {
    /// Code of the course.
    pub course: String,
    /// Name of the user.
    pub username: String,
    /// Short names of the roles.
    pub roles: Vec<String>,
    /// It does not count at present.
    pub suspended: bool,
    /// First moment, in seconds since 1970; 0 for none.
    pub timestart: i64,
    /// Last moment; 0 for none.
    pub timeend: i64,
}

/// A group of a course.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct GroupRow {
    /// Code of the course.
    pub course: String,
    /// Name.
    pub name: String,
    /// Names of the users in it.
    pub members: Vec<String>,
}

/// A site as lists of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct SiteRows {
    /// Users that are not deleted.
    pub users: Vec<UserRow>,
    /// Courses.
    pub courses: Vec<CourseRow>,
    /// Categories.
    pub categories: Vec<CategoryRow>,
    /// Enrolments by the plug-in.
    pub enrolments: Vec<EnrolmentRow>,
    /// Groups in courses.
    pub groups: Vec<GroupRow>,
}

/// The number of a row; a site has fewer than four thousand million of a kind.
fn number(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl From<SiteRows> for Site {
    /// Rows that contradict others are among the [`problems`](Site::problems): the first one counts, and what
    /// belongs to no user or course is left out.
    fn from(rows: SiteRows) -> Self {
        let mut site = Self::default();
        rows.categories.into_iter().for_each(|row| site.add_category(row));
        site.link_categories();
        rows.courses.into_iter().for_each(|row| site.add_course(row));
        rows.users.into_iter().for_each(|row| site.add_user(&row.values()));
        rows.enrolments.into_iter().for_each(|row| site.add_enrolment(&row));
        rows.groups.into_iter().for_each(|row| site.add_group(&row));
        site
    }
}

impl Site {
    /// An empty site with a default category.
    pub fn new() -> Self {
        let category = CategoryRow {
            name: "Default".to_owned(),
            visible: true,
            default: true,
            ..CategoryRow::default()
        };
        SiteRows { categories: vec![category], ..SiteRows::default() }.into()
    }

    /// What contradicts itself (IE-M01).
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    fn problem(&mut self, what: &'static str, found: &str) {
        let finding = Diagnostic::new(&rules::SITE_CONTRADICTION).word("what", what);
        self.problems.push(finding.data("found", found));
    }

    fn add_user(&mut self, values: &Values<'_>) {
        let user = number(self.users.len());
        let (username, idnumber) = (values[USERNAME], values[IDNUMBER]);
        if self.usernames.first(username).is_some() {
            self.problem("two users have one name", username);
        }
        if !idnumber.is_empty() {
            if self.idnumbers.first(idnumber).is_some() {
                self.problem("two users have one id number", idnumber);
            }
            self.idnumbers.insert(idnumber, user);
        }
        self.usernames.insert(username, user);
        let texts = Texts::new(values);
        self.users.push(Some(User { texts, courses: Vec::new(), groups: Vec::new() }));
    }

    fn add_course(&mut self, row: CourseRow) {
        let course = number(self.courses.len());
        if self.codes.contains_key(&*row.idnumber) {
            if !row.idnumber.is_empty() {
                self.problem("two courses have one code", &row.idnumber);
            }
        } else {
            self.codes.insert(row.idnumber.as_str().into(), course);
        }
        if !row.category.is_empty() && self.category_names.first(&row.category).is_none() {
            self.problem("a course is in a category that does not exist", &row.category);
        }
        self.courses.push(Course {
            row,
            has_instance: false,
            groups: Vec::new(),
            group_names: HashMap::new(),
        });
    }

    fn add_category(&mut self, row: CategoryRow) {
        let category = number(self.categories.len());
        self.category_names.insert(&row.name, category);
        if !row.idnumber.is_empty() {
            self.category_idnumbers.insert(&row.idnumber, category);
        }
        if row.default {
            if self.default_category.is_some() {
                self.problem("two categories are the default one", &row.name);
            } else {
                self.default_category = Some(category);
            }
        }
        self.categories.push(Category { row, parent: None });
    }

    /// Parents are given by name, and may stand behind their children.
    fn link_categories(&mut self) {
        for index in 0..self.categories.len() {
            let Some(name) = self.categories[index].row.parent.clone() else { continue };
            let found = self.category_names.first(&name).filter(|found| place(*found) != index);
            match found.filter(|found| !self.is_inside(*found, number(index))) {
                Some(parent) => self.categories[index].parent = Some(parent),
                None => self.problem("a category is in one that does not exist", &name),
            }
        }
    }

    fn is_inside(&self, category: u32, outer: u32) -> bool {
        let mut around = Some(category);
        while let Some(category) = around {
            if category == outer {
                return true;
            }
            around = self.categories[place(category)].parent;
        }
        false
    }

    fn add_enrolment(&mut self, row: &EnrolmentRow) {
        let course = self.codes.get(&*row.course).copied();
        let (Some(course), Some(user)) = (course, self.usernames.first(&row.username)) else {
            let missing = if course.is_none() { &row.course } else { &row.username };
            return self.problem("an enrolment has no such course or user", missing);
        };
        if self.enrolments.contains_key(&(course, user)) {
            return self.problem("a user is enrolled twice in one course", &row.username);
        }
        let roles: Vec<_> = row.roles.iter().map(|role| self.roles.role(role)).collect();
        let roles = self.roles.number(&roles);
        let EnrolmentRow { suspended, timestart, timeend, .. } = *row;
        self.enrol(course, user, Enrolled { roles, suspended, timestart, timeend });
        self.courses[place(course)].has_instance = true;
    }

    fn add_group(&mut self, row: &GroupRow) {
        let Some(&course) = self.codes.get(&*row.course) else {
            return self.problem("a group has no such course", &row.course);
        };
        if self.courses[place(course)].group_names.contains_key(&*row.name) {
            self.problem("a course has two groups of one name", &row.name);
        } else {
            self.create_group(course, &row.name);
        }
        for username in &row.members {
            match self.usernames.first(username) {
                Some(user) => self.join(course, &row.name, user),
                None => self.problem("a group has a member who does not exist", username),
            }
        }
    }

    fn enrol(&mut self, course: u32, user: u32, enrolled: Enrolled) {
        if self.enrolments.insert((course, user), enrolled).is_none()
            && let Some(user) = &mut self.users[place(user)]
            && let Err(place) = user.courses.binary_search(&course)
        {
            user.courses.insert(place, course);
        }
    }

    fn create_group(&mut self, course: u32, name: &str) {
        let course = &mut self.courses[place(course)];
        course.group_names.insert(name.into(), number(course.groups.len()));
        course.groups.push(name.to_owned());
    }

    fn join(&mut self, course: u32, name: &str, user: u32) {
        let group = self.courses[place(course)].group_names.get(name).copied();
        let (Some(group), Some(user)) = (group, &mut self.users[place(user)]) else { return };
        if !user.groups_of(course).any(|known| known == group) {
            let place = user.groups.partition_point(|(of, _)| *of <= course);
            user.groups.insert(place, (course, group));
        }
    }

    fn delete(&mut self, user: u32) {
        let Some(deleted) = self.users[place(user)].take() else { return };
        self.usernames.remove(deleted.texts.get(USERNAME), user);
        self.idnumbers.remove(deleted.texts.get(IDNUMBER), user);
        for course in deleted.courses {
            self.enrolments.remove(&(course, user));
        }
    }

    fn renumber(&mut self, user: u32, idnumber: &str) {
        let Some(texts) = self.users[place(user)].as_mut().map(|user| &mut user.texts) else {
            return;
        };
        self.idnumbers.remove(texts.get(IDNUMBER), user);
        if !idnumber.is_empty() {
            self.idnumbers.insert(idnumber, user);
        }
        let mut values = texts.values();
        values[IDNUMBER] = idnumber;
        *texts = Texts::new(&values);
    }

    fn write_fields(&mut self, user: u32, fields: &UserFields<'_>) {
        let Some(texts) = self.users[place(user)].as_mut().map(|user| &mut user.texts) else {
            return;
        };
        if let Some(username) = &fields.username {
            self.usernames.remove(texts.get(USERNAME), user);
            self.usernames.insert(username, user);
        }
        let mut values = texts.values();
        texts::write(&mut values, fields);
        *texts = Texts::new(&values);
    }

    /// The category at a path of names.
    fn category_at(&self, path: &[String]) -> Option<u32> {
        path.iter().try_fold(None, |parent, name| {
            let inside = |category: &u32| self.categories[place(*category)].parent == parent;
            self.category_names.all(name).find(inside).map(Some)
        })?
    }

    fn enrolled(&mut self, course: &str, idnumber: &str) -> Option<(u32, u32, &mut Enrolled)> {
        let course = self.codes.get(course).copied()?;
        let user = self.idnumbers.first(idnumber)?;
        self.enrolments.get_mut(&(course, user)).map(|enrolled| (course, user, enrolled))
    }

    fn change_roles(&mut self, course: &str, idnumber: &str, change: impl FnOnce(&mut Vec<u16>)) {
        let Some((course, user, enrolled)) = self.enrolled(course, idnumber) else { return };
        let before = enrolled.roles;
        let mut roles = self.roles.list(before).to_vec();
        change(&mut roles);
        let roles = self.roles.number(&roles);
        if let Some(enrolled) = self.enrolments.get_mut(&(course, user)) {
            enrolled.roles = roles;
        }
    }

    /// The site as lists of rows, in the order in which they came; members and roles in alphabetical order.
    pub fn rows(&self) -> SiteRows {
        let username = |user: u32| {
            self.users[place(user)].as_ref().map_or("", |user| user.texts.get(USERNAME)).to_owned()
        };
        let category_name = |category: u32| self.categories[place(category)].row.name.clone();
        let mut enrolments: Vec<_> = self.enrolments.iter().collect();
        enrolments.sort_by_key(|(key, _)| **key);
        let mut members = HashMap::<_, Vec<_>>::new();
        for user in self.users.iter().flatten() {
            for group in &user.groups {
                members.entry(*group).or_default().push(user.texts.get(USERNAME).to_owned());
            }
        }
        SiteRows {
            users: self.users.iter().flatten().map(|user| user.texts.row()).collect(),
            courses: self.courses.iter().map(|course| course.row.clone()).collect(),
            categories: self
                .categories
                .iter()
                .map(|category| CategoryRow {
                    parent: category.parent.map(category_name),
                    ..category.row.clone()
                })
                .collect(),
            enrolments: enrolments
                .into_iter()
                .map(|(&(course, user), enrolled)| {
                    let mut roles: Vec<_> =
                        self.roles.names(enrolled.roles).map(str::to_owned).collect();
                    roles.sort();
                    EnrolmentRow {
                        course: self.courses[place(course)].row.idnumber.clone(),
                        username: username(user),
                        roles,
                        suspended: enrolled.suspended,
                        timestart: enrolled.timestart,
                        timeend: enrolled.timeend,
                    }
                })
                .collect(),
            groups: self
                .courses
                .iter()
                .zip(0..)
                .flat_map(|(course, of)| {
                    course
                        .groups
                        .iter()
                        .zip(0..)
                        .map(move |(name, group)| (course, name, (of, group)))
                })
                .map(|(course, name, group)| {
                    let mut members = members.remove(&group).unwrap_or_default();
                    members.sort();
                    GroupRow { course: course.row.idnumber.clone(), name: name.clone(), members }
                })
                .collect(),
        }
    }
}

impl State for Site {
    type User = u32;
    type Course = u32;
    type Category = u32;

    fn user_by_idnumber(&self, idnumber: &str) -> Option<u32> {
        self.idnumbers.first(idnumber)
    }

    fn user_by_username(&self, username: &str) -> Option<u32> {
        self.usernames.first(username)
    }

    fn user_field(&self, user: u32, field: &str) -> &str {
        self.users[place(user)].as_ref().map_or("", |user| user.texts.named(field))
    }

    fn course(&self, code: &str) -> Option<u32> {
        self.codes.get(code).copied()
    }

    fn course_names(&self, course: u32) -> (&str, &str, bool) {
        let row = &self.courses[place(course)].row;
        (&row.shortname, &row.fullname, row.visible)
    }

    fn has_instance(&self, course: u32) -> bool {
        self.courses[place(course)].has_instance
    }

    fn category(&self, search: CategorySearch<'_, u32>) -> Option<u32> {
        let is_there = |category: &u32| {
            search.parent.is_none_or(|parent| self.categories[place(*category)].parent == parent)
        };
        match search.idnumber {
            Some(idnumber) => self.category_idnumbers.all(idnumber).find(is_there),
            None => self.category_names.all(search.name).find(is_there),
        }
    }

    fn category_path(&self, category: u32) -> Vec<String> {
        let mut path = Vec::new();
        let mut around = Some(category);
        while let Some(category) = around {
            path.push(self.categories[place(category)].row.name.clone());
            around = self.categories[place(category)].parent;
        }
        path.reverse();
        path
    }

    fn default_category(&self) -> Option<u32> {
        self.default_category
    }

    fn enrolment(&self, course: u32, user: u32) -> Option<Enrolment> {
        self.enrolments.get(&(course, user)).map(|enrolled| Enrolment {
            suspended: enrolled.suspended,
            timestart: enrolled.timestart,
            timeend: enrolled.timeend,
            roles: self.roles.list(enrolled.roles).len(),
        })
    }

    fn has_role(&self, course: u32, user: u32, role: &str) -> bool {
        self.enrolments
            .get(&(course, user))
            .is_some_and(|enrolled| self.roles.names(enrolled.roles).any(|known| known == role))
    }

    fn has_group(&self, course: u32, name: &str) -> bool {
        self.courses[place(course)].group_names.contains_key(name)
    }

    fn is_in_group(&self, course: u32, name: &str, user: u32) -> bool {
        let group = self.courses[place(course)].group_names.get(name);
        let (Some(group), Some(user)) = (group, &self.users[place(user)]) else { return false };
        user.groups_of(course).any(|known| known == *group)
    }

    fn group_of(&self, course: u32, user: u32) -> Option<&str> {
        let group = self.users[place(user)].as_ref()?.groups_of(course).next()?;
        Some(&self.courses[place(course)].groups[place(group)])
    }

    fn apply(&mut self, action: &Action<'_>) {
        match &action.step {
            Step::CreateUser { idnumber, fields } => {
                let mut values = Values::default();
                values[IDNUMBER] = idnumber;
                texts::write(&mut values, fields);
                self.add_user(&values);
            }
            Step::UpdateUser { idnumber, fields } => {
                if let Some(user) = self.idnumbers.first(idnumber) {
                    self.write_fields(user, fields);
                }
            }
            Step::DeleteUser { username } => {
                if let Some(user) = self.usernames.first(username) {
                    self.delete(user);
                }
            }
            Step::AttachIdnumber { username, idnumber } => {
                if let Some(user) = self.usernames.first(username) {
                    self.renumber(user, idnumber);
                }
            }
            Step::CreateCategory { path, idnumber } => {
                let Some((name, around)) = path.split_last() else { return };
                let category = number(self.categories.len());
                self.add_category(CategoryRow {
                    name: name.clone(),
                    idnumber: idnumber.clone().into_owned(),
                    visible: false,
                    ..CategoryRow::default()
                });
                self.categories[place(category)].parent = self.category_at(around);
            }
            Step::CreateCourse { course, shortname, fullname, summary, category } => {
                let row = CourseRow {
                    idnumber: course.clone().into_owned(),
                    shortname: shortname.clone().into_owned(),
                    fullname: fullname.clone().into_owned(),
                    summary: summary.clone().into_owned(),
                    category: category.last().cloned().unwrap_or_default(),
                    visible: true,
                };
                self.add_course(row);
            }
            Step::UpdateCourse { course, shortname, fullname } => {
                let Some(course) = self.course(course) else { return };
                let row = &mut self.courses[place(course)].row;
                if let Some(shortname) = shortname {
                    row.shortname = shortname.clone().into_owned();
                }
                if let Some(fullname) = fullname {
                    row.fullname = fullname.clone().into_owned();
                }
            }
            Step::HideCourse { course } => {
                if let Some(course) = self.course(course) {
                    self.courses[place(course)].row.visible = false;
                }
            }
            Step::AddInstance { course } => {
                if let Some(course) = self.course(course) {
                    self.courses[place(course)].has_instance = true;
                }
            }
            Step::CreateGroup { course, group } => {
                if let Some(course) = self.course(course) {
                    self.create_group(course, group);
                }
            }
            Step::AddToGroup { course, group, idnumber } => {
                let user = self.idnumbers.first(idnumber);
                if let (Some(course), Some(user)) = (self.course(course), user) {
                    self.join(course, group, user);
                }
            }
            Step::Skip { .. } => {}
            enrolment => self.apply_enrolment(enrolment),
        }
    }
}

impl Site {
    fn apply_enrolment(&mut self, step: &Step<'_>) {
        match step {
            Step::Enrol { course, idnumber, role, timestart, timeend } => {
                let user = self.idnumbers.first(idnumber);
                if let (Some(course), Some(user)) = (self.course(course), user) {
                    let role = self.roles.role(role);
                    let roles = self.roles.number(&[role]);
                    let (timestart, timeend) = (*timestart, *timeend);
                    let enrolled = Enrolled { roles, suspended: false, timestart, timeend };
                    self.enrol(course, user, enrolled);
                }
            }
            Step::AddRole { course, idnumber, role } => {
                let role = self.roles.role(role);
                self.change_roles(course, idnumber, |roles| {
                    if !roles.contains(&role) {
                        roles.push(role);
                    }
                });
            }
            Step::ReplaceRoles { course, idnumber, role } => {
                let role = self.roles.role(role);
                self.change_roles(course, idnumber, |roles| roles.retain(|known| *known == role));
            }
            Step::RefreshDates { course, idnumber, timestart, timeend } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    (enrolled.timestart, enrolled.timeend) = (*timestart, *timeend);
                }
            }
            Step::Reactivate { course, idnumber } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    enrolled.suspended = false;
                }
            }
            Step::Suspend { course, idnumber } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    enrolled.suspended = true;
                }
            }
            Step::RemoveRoles { course, idnumber } => {
                self.change_roles(course, idnumber, Vec::clear);
            }
            Step::Unenrol { course, idnumber } => {
                if let Some((course, user, _)) = self.enrolled(course, idnumber) {
                    self.enrolments.remove(&(course, user));
                    if let Some(user) = &mut self.users[place(user)]
                        && let Ok(place) = user.courses.binary_search(&course)
                    {
                        user.courses.remove(place);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_of_a_key_counts() {
        let mut index = Index::default();
        for row in [3, 1, 2] {
            index.insert("maier", row);
        }
        assert_eq!(index.all("maier").collect::<Vec<_>>(), [1, 2, 3]);
        for (gone, first) in [(1, Some(2)), (1, Some(2)), (3, Some(2)), (2, None)] {
            index.remove("maier", gone);
            assert_eq!(index.first("maier"), first, "without {gone}");
        }
        assert_eq!(index.all("maier").count(), 0);
    }
}
