//! A Moodle site in memory.

mod apply;
mod index;
mod roles;
mod rows;
mod texts;

use std::collections::HashMap;

use edu_diagnostics::Diagnostic;

use self::index::Index;
use self::roles::Roles;
pub use self::rows::{CategoryRow, CourseRow, EnrolmentRow, GroupRow, SiteRows, UserRow};
use self::texts::{IDNUMBER, Texts, USERNAME, Values};
use super::UserFields;
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
