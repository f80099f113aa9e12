//! Persons, their secondary roles, and those who observe them.

use super::fields;

/// What `educ_level` may say.
const LEVELS: &[&str] = &[
    "K-8",
    "high school",
    "freshman",
    "sophomore",
    "junior",
    "senior",
    "graduate school",
    "post-graduate school",
];

fields! {
    /// A user.
    person Person of Person = {
        /// The permanent key: at most 64 characters, never shown, never given to another person, and without
        /// personal data.
        external_person_key: text Key, Some(64), Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// The login name.
        user_id: text Id, Some(50), Insert;
        /// The first name.
        firstname: text Text, Some(100), Insert;
        /// The last name.
        lastname: text Text, Some(100), Insert;
        /// The address that mail is sent to; a user without one cannot send mail.
        email: text Mail, Some(100), Optional;
        /// The institution's address, a unique identifier in the form of a user principal name. It serves
        /// services outside, and no mail is sent there. Where it is absent or empty, `email` takes its place. It
        /// exists for all types of integration but SIF, and cannot be set by the batch file of Users > Create.
        inst_email: text Mail, Some(254), Optional;
        /// The password or its hash. Hashes are longer than the limit of 32 characters, which is that of
        /// plain text.
        passwd: password Password, Some(32), Optional;
        /// How the password is hashed: `MD5`, `SSHA`, or empty for plain text.
        pwencryptiontype: text PasswordType, None, Optional;
        /// The role in the institution, which decides what the portal shows; not a role in a course. `None`
        /// where no use is made of it.
        institution_role: text InstitutionRole, None, Optional;
        /// The role in Blackboard itself; almost everybody has `none`.
        system_role: system_role SystemRole, None, Optional;
        /// Whether the user may log in.
        available_ind: flag Flag, None, Optional;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// Names between the first and the last.
        middlename: text Text, Some(100), Optional;
        /// What stands behind the name.
        suffix: text Text, Some(100), Optional;
        /// What stands before the name.
        title: text Text, Some(100), Optional;
        /// The preferred name, which may be shown in place of the first name; also called nickname.
        othername: text Text, Some(100), Optional;
        /// Pronouns; several are separated by commas.
        pronouns: text Text, Some(1000), Optional;
        /// How the name is pronounced.
        pronunciation: text Text, Some(1000), Optional;
        /// A number that is shown and has no other effect.
        student_id: text Id, Some(100), Optional;
        /// The day of birth.
        birthdate: date Date, None, Optional;
        /// One of four words.
        gender: text Words(&["Not Disclosed", "Male", "Female", "Other"]), None, Optional;
        /// How far the education has come.
        educ_level: text Words(super::LEVELS), None, Optional;
        /// The job.
        job_title: text Text, Some(100), Optional;
        /// The department.
        department: text Text, Some(100), Optional;
        /// The company.
        company: text Text, Some(100), Optional;
        /// First line of the address.
        street_1: text Text, Some(100), Optional;
        /// Second line of the address.
        street_2: text Text, Some(100), Optional;
        /// The city.
        city: text Text, Some(50), Optional;
        /// The state or province.
        state: text Text, Some(50), Optional;
        /// The country.
        country: text Text, Some(50), Optional;
        /// The postal code.
        zip_code: text Text, Some(50), Optional;
        /// A telephone at home.
        h_phone_1: text Text, Some(50), Optional;
        /// Another telephone at home.
        h_phone_2: text Text, Some(50), Optional;
        /// A mobile telephone.
        m_phone: text Text, Some(50), Optional;
        /// A telephone at work.
        b_phone_1: text Text, Some(50), Optional;
        /// Another telephone at work.
        b_phone_2: text Text, Some(50), Optional;
        /// A fax at home.
        h_fax: text Text, Some(50), Optional;
        /// A fax at work.
        b_fax: text Text, Some(50), Optional;
        /// A web page.
        webpage: text Text, Some(100), Optional;
        /// Language and country.
        locale: text Locale, Some(20), Optional;
        /// One of the hosts that the system is configured for; set when the record is inserted, and ignored
        /// without a word where it is another.
        domain_name: text Text, Some(255), Optional;
        /// The key that the user has from now on.
        new_external_person_key: text NewKey, Some(64), Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// An institution role of a person besides the primary one; a row for each.
    secondary_role SecondaryRole of SecondaryRole = {
        /// The person.
        external_person_key: text Key, Some(64), Key => Person;
        /// The role; another than the primary one.
        role_id: text InstitutionRole, None, Key;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}

fields! {
    /// A person who may observe another.
    observer Observer of Observer = {
        /// The person who is observed, whose institution role is Student.
        external_user_key: text Key, Some(64), Key => Person;
        /// The person who observes, whose system role is observer.
        external_observer_key: text Key, Some(64), Key => Person;
        /// The key of the data source that the record belongs to.
        data_source_key: text DataSourceKey, Some(256), InsertOrConfigured;
        /// Whether the record is enabled, disabled or deleted.
        row_status: row_status RowStatus, None, Optional;
        /// The data source that the record belongs to from now on.
        new_data_source_key: text DataSourceKey, Some(256), Optional;
    }
}
