//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".txt"

    NO_HEADER "BB-F01" "no-header" Error
        summary "The file has no header row."
        message "the file has no header row: {why}"
        help "put the header row first, with the headers of the kind of object that the rows are about; a batch file goes to the page of the administrator panel that it is made for"
        explanation "The header row says what the columns hold and has to be the first row (JK overview). Nothing can be read without it. The batch files of the administrator panel look alike and are something else: they have a fixed order, quotes around every field and no header, and cannot set the institution's e-mail address."

    HEADER_UNKNOWN "BB-F02" "unknown-header" Warning
        summary "The kind of object has no column with this header."
        message "{object} have no column `{header}`"
        help "correct the header, or say what it stands for; a column that is meant to be there can stay"
        explanation "What Learn does with such a column is not documented. Its values are kept. Where the integration has a custom header mapping, the same map can be given to the reader."

    HEADER_TWICE "BB-F03" "header-twice" Error
        summary "Two columns stand for one, or the header row is there again."
        message "{what}"
        help "remove one of the two"
        explanation "Which of the two columns counts is not known; the one with the documented header was read, or else the first. Feeds that were put together out of several have the header row in their middle; it is not read as a row."

    HEADER_EMPTY "BB-F04" "header-empty" Error
        summary "A column has no header."
        message "column {column} has no header"
        help "name the column, or remove it"
        explanation "What it holds is not known. A delimiter at the end of the header row makes such a column."

    HEADER_MISSING "BB-F05" "header-missing" Error
        summary "A column is missing that is needed to insert a record."
        message "there is no column `{header}`: {why}"
        help "add the column"
        explanation "Every kind of object has columns without which no record is inserted. The data source key may be supplied by the integration instead of the file, which is worth knowing; with nothing but keys, a feed is taken for one of the delete operation."

    CELL_COUNT "BB-F06" "cell-count" Error
        summary "A row has another number of cells than the header row."
        message "the row has {found} cells, the header row has {expected}"
        help "look for a delimiter inside a value, a missing cell, or a delimiter at the end of the line"
        explanation "Learn does not take the row. Which value belongs to which column is not sure, so its values were not checked; its keys count as given."

    QUOTE "BB-F07" "unpaired-quote" Error
        summary "A quote has no counterpart."
        message "{what}"
        help "remove the quote, or put the value in quotes and double those inside"
        explanation "One quote without a counterpart makes Learn misread the record and complain that the key is invalid (kb78606). The record was read to the end of its line, and no other row is lost. Quotes that are paired inside a cell are a warning: how the importer reads them is not documented."

    DELIMITER "BB-F08" "delimiter" Warning
        summary "Cells are separated by something else than `|`."
        message "cells are separated by {delimiter}"
        help "use `|`, or configure the integration for this delimiter"
        explanation "`|` is the default of the integration (JK overview). A spreadsheet writes `,`, `;` or tabs by itself. Where the caller gave the delimiter, it is only worth knowing."

    FOOTER "BB-F09" "footer" Error
        summary "The footer is wrong, or something stands behind it."
        message "{what}"
        help "let the system that writes the feed count again, or leave the footer out"
        explanation "Some systems end a feed with `***FileFooter`, the number of rows and a time. A number that does not fit means that rows are missing or that two feeds were put together. A footer that is right is only worth knowing: current documentation does not mention it."

    NOT_UTF8 "BB-F10" "not-utf-8" Warning
        summary "The file is not in UTF-8."
        message "the file was read as {encoding}"
        help "write the file in UTF-8"
        explanation "Current integrations read UTF-8 (JK overview). Bytes that are not UTF-8 were read as windows-1252, of which ISO-8859-1 is a part; the place is that of the first of them."

    UNDECODABLE "BB-F11" "undecodable" Error
        summary "Bytes cannot be read as text, or only by guessing."
        message "{what}"
        help "write the file in UTF-8"
        explanation "Half a character is left over, or the file is UTF-16 without the byte order mark that it needs. It was read all the same."

    BLANK_LINE "BB-F12" "blank-line" Warning
        summary "A line holds nothing."
        message "the line holds nothing"
        help "remove the line"
        explanation "Blank lines are passed over here. What the importer makes of them is not documented."

    ASTERISK "BB-F13" "asterisk" Error
        summary "A value holds `*`."
        message "the value holds `*`"
        help "remove the asterisk"
        explanation "`*` is forbidden in every field (fmt)."

    CONTROL_CHARACTER "BB-F14" "control-character" Error
        summary "A value holds a control character."
        message "a control character (U+{code}) stands here"
        help "remove it"
        explanation "Nothing in a feed needs one, and the importer may cut the value there."

    PADDED_KEY "BB-F15" "padded-key" Warning
        summary "White space stands around a key or an id."
        message "white space stands around the value of `{header}`"
        help "remove the white space"
        explanation "Keys are compared exactly; one with a space is another key. Here it is taken without."

    NO_ROWS "BB-F16" "no-rows" Warning
        summary "The file has a header row and no rows."
        message "there are no rows"
        help "look at why the system wrote none before sending it"
        explanation "As a complete refresh, such a file disables every record of its kind that the integration holds."

    HEADER_DEPRECATED "BB-F17" "deprecated-header" Warning
        summary "A column has no effect any more, or must not be sent."
        message "the column `{header}` has no effect"
        help "remove the column"
        explanation "Learn ignores it or sets it by itself. It is read and never written."

    HEADER_ALIAS "BB-F18" "alias-header" Warning
        summary "A header is another name of a column."
        message "`{header}` is another name of `{canonical}`"
        help "use the header of the documentation"
        explanation "Older documentation, scripts and planning guides print such names. Whether the integration knows them depends on its header mapping. The column is read."

    LINE_ENDS "BB-F19" "line-ends" Warning
        summary "Lines end with a lone CR, or not all in the same way."
        message "{what}"
        help "end every line with LF or CRLF"
        explanation "Both occur in feeds; a lone CR is the line end of old spreadsheets, with which another program may see one long line. Said once a file."

    MIXED_OBJECTS "BB-F20" "mixed-objects" Error
        summary "Headers of courses and of organizations stand in one file."
        message "`{header}` is not a header of {object}; theirs is `{canonical}`"
        help "make two files, or use the headers of one kind"
        explanation "One feed carries one kind of object. Organizations in a feed of courses become courses, without a word (kb76917)."

    LIMIT "BB-F21" "limit-exceeded" Error
        summary "The input asks for more than the limits of the reader allow."
        message "the file has a {what} above the limit of {limit}"
        help "look at what stands here; raise the limit if it is right"
        explanation "Limits keep a damaged or hostile file from taking all memory. A line that is too long is passed over, cells behind the last one allowed are not read."

    VALUE_MISSING "BB-V01" "value-missing" Error
        summary "A value is missing without which a record is not inserted."
        message "`{header}` is empty"
        help "fill the cell"
        explanation "Learn rejects the record. An empty data source key is only worth knowing, for the integration may supply it."

    VALUE_TOO_LONG "BB-V02" "value-too-long" Error
        summary "A value has more characters than its column takes."
        message "`{header}` has {found} characters, at most {limit} are allowed"
        help "shorten the value"
        explanation "Characters count, not bytes. Where the documentation has two limits, a value between them is a warning."

    NOT_IN_LIST "BB-V03" "not-in-list" Error
        summary "A value is none of those that its column takes."
        message "`{header}` says {found}; it takes {expected}"
        help "use one of the values"
        explanation "Letter case is not significant."

    BAD_DATE "BB-V04" "bad-date" Error
        summary "A value is not a date."
        message "`{header}` says {found}, which is no date of the form `yyyymmdd`"
        help "write the date as `yyyymmdd`, for example `20260901`"
        explanation "`MM/dd/yyyy` of older feeds is read too. Other forms, and days that are in no calendar, are rejected."

    BAD_FLAG "BB-V05" "bad-boolean" Error
        summary "A switch is neither on nor off."
        message "`{header}` says {found}; it takes `Y` or `N`"
        help "write `Y` or `N`"
        explanation "`1`, `Yes`, `true`, `0`, `No` and `false` are read too, in any letter case."

    BAD_NUMBER "BB-V06" "bad-number" Error
        summary "A value is not a number."
        message "`{header}` says {found}, which is {expected}"
        help "write decimal digits, without unit and without thousands separator"
        explanation "Spreadsheets write large numbers as `1.05E+07`; such a value is reported here too."

    BAD_CHARACTER "BB-V07" "identifier-character" Error
        summary "An id or a key holds a character that it must not hold."
        message "`{header}` holds {found}"
        help "take the character out; keep to letters, digits, `-`, `_` and `.`"
        explanation "The id of a course must not have a space, `&`, `/`, `'` or `+`. Characters that only older lists exclude are a warning, and so are spaces in keys and, in keys of terms and nodes, everything but letters, digits, dash and period. A number that a spreadsheet has shortened (`2.02609E+14`) is reported here too: its last digits are lost."

    NOT_AN_ADDRESS "BB-V08" "not-an-address" Warning
        summary "A value is not the e-mail address of one person."
        message "`{header}` says {found}, which is no e-mail address"
        help "give one address: name, `@` and the name of a host"
        explanation "Mail to it cannot arrive. The institution's address has the form of a user principal name: an account, `@`, and a domain name."

    SUBJECT_ID "BB-V09" "subject-id" Error
        summary "A subject id does not have the form `Title__Identifier`."
        message "`{header}` says {found}, which does not have the form `Title__Identifier`"
        help "write a title of letters, digits, `-`, `.` and `_`, two underscores, and an identifier of letters and digits"
        explanation "Learn rejects the subject; once it is created the id cannot change."

    END_BEFORE_START "BB-V10" "end-before-start" Error
        summary "A period ends before it begins."
        message "`{end}` is before `{start}`"
        help "exchange the two dates, or correct one"
        explanation "A course that ends before it begins is never open."

    DURATION_DOES_NOT_FIT "BB-V11" "duration-does-not-fit" Warning
        summary "The duration and the dates or days do not fit together."
        message "{what}"
        help "set the duration that is meant, with what goes with it"
        explanation "Dates count with the duration `R` only, days of use with `D` only (cl-course). What does not go with the duration is ignored."

    NEW_KEY_TAKEN "BB-V12" "new-key-taken" Error
        summary "A replacement key is the key of another record."
        message "the new key {found} is taken ({where})"
        help "choose another key"
        explanation "Keys are unique. Learn cannot merge two records."

    UNUSUAL_ROLE "BB-V13" "unusual-role" Warning
        summary "A role is outside the standard list, or gives a student other rights than a student's."
        message "`{header}` says {found}: {why}"
        help "check that the system has a role with this id, and that it is meant"
        explanation "Custom roles are given by the id that the administrator panel shows. The one-letter codes of batch files are no role ids. Almost everybody has the system role `none`."

    UNPORTABLE "BB-V14" "outside-safe-characters" Info
        summary "A value holds characters outside the set that every part of Learn takes."
        message "`{header}` holds {found}, which is not in the safe set ({count} in this column)"
        help "leave the character out where values go to other systems"
        explanation "The safe set is letters, digits and `. ' , \" : ! ? $ @ [ ] - _` and braces, in passwords and keys also `% & # < > = \\ + /` (fmt). Letters of every script and spaces are not reported: names need them. Said once a column."

    PLAIN_PASSWORD "BB-P01" "plain-password" Warning
        summary "A password is plain text."
        message "the password is not hashed"
        help "hash it, and say so in `pwencryptiontype`; with external authentication a random one is enough"
        explanation "A feed is a file that lies about and is sent by mail. The password itself is never shown."

    PASSWORD_TYPE "BB-P02" "password-type" Error
        summary "The type of a password's hash is not known, or there is a type and no password."
        message "`pwencryptiontype` {what}"
        help "use `MD5`, `SSHA` or nothing"
        explanation "Blackboard knows these two. A type without a password is only worth knowing: Learn makes a random one."

    MD5_FORM "BB-P03" "md5-form" Error
        summary "An MD5 hash does not have 32 hexadecimal digits."
        message "the MD5 hash is not 32 hexadecimal digits in lower case"
        help "hash the password again"
        explanation "It was cut, or is something else. Nobody can log in with it. Capital letters are a warning."

    SSHA_PREFIX "BB-P04" "ssha-prefix" Warning
        summary "An SSHA hash does not begin with its prefix."
        message "the prefix {prefix} of the hash is {what}"
        help "begin the hash with `{SSHA}`"
        explanation "Learn needs the prefix; for LIS it adds one by itself where the type is set to SSHA (seed)."

    SSHA_FORM "BB-P05" "ssha-form" Error
        summary "An SSHA hash is not Base64 of 28 bytes."
        message "the SSHA hash {what}"
        help "hash it again: SHA-1 of password and salt, then the salt of 8 bytes, in Base64"
        explanation "24 bytes are what `slappasswd` makes, with a salt of 4; 48 are digits in hexadecimal that were encoded as text (pw). Nobody can log in with either."

    SSHA_BITS "BB-P06" "ssha-bits" Info
        summary "An SSHA hash is Base64 in a form that strict programs refuse."
        message "the last character of the hash has bits that stand for nothing"
        help "write the hash anew"
        explanation "The example in Blackboard's own planning page is of this kind. It is read; what is written is in the strict form."

    EMPTY_PASSWORD_HASH "BB-P07" "empty-password-hash" Error
        summary "A hash is that of the empty password."
        message "the hash is that of the empty password"
        help "leave the password empty, so that Learn makes a random one"
        explanation "It would be accepted as a password that is blank (pw)."

    HASH_WITHOUT_TYPE "BB-P08" "hash-without-type" Error
        summary "A hash is given without its type."
        message "the password is a hash, and `pwencryptiontype` is empty"
        help "set `pwencryptiontype` to `SSHA`"
        explanation "Learn takes it for plain text and hashes it once more; nobody can log in."

    PASSWORD_TOO_LONG "BB-P09" "password-too-long" Error
        summary "A plain password has more than 32 characters."
        message "the password has {found} characters, at most {limit} are allowed"
        help "shorten it, or hash it"
        explanation "32 is the limit of plain text; hashes are longer."

    KEY_HAS_NAME "BB-K01" "key-has-name" Warning
        summary "A person key holds a name of the person."
        message "the person key holds the {what}"
        help "use keys that say nothing about the person"
        explanation "Names change, the key must not: it identifies the person for ever (seed). Compared without accents and letter case, names of three letters or more."

    KEY_HAS_NUMBER "BB-K02" "key-has-number" Warning
        summary "A person key looks like a social security number."
        message "the person key looks like {what}"
        help "use keys that say nothing about the person"
        explanation "Such numbers are protected, and change (seed)."

    KEY_HAS_BIRTHDATE "BB-K03" "key-has-birthdate" Warning
        summary "A person key holds the birth date."
        message "the person key holds the birth date"
        help "use keys that say nothing about the person"
        explanation "It is personal data, and a wrong one is corrected some day, when the key cannot change (seed)."

    KEY_IS_ADDRESS "BB-K04" "key-is-address" Warning
        summary "A person key looks like an e-mail address."
        message "the person key looks like an e-mail address"
        help "use keys that say nothing about the person"
        explanation "Addresses hold names and change with them (seed)."

    KEY_IS_USER_ID "BB-K05" "key-is-user-id" Info
        summary "A person key is the login name."
        message "the person key is the login name"
        help "use a key of its own"
        explanation "The key is never shown and never changes, the login name is shown and may change (seed)."

    KEY_REUSED "BB-K06" "key-reused" Error
        summary "A person key was given to another person before."
        message "the key {key} was that of {before}"
        help "give a new key; keep those of people who have left out of use"
        explanation "A key is never given again: the person would see what belongs to the other (seed). Found by comparing with earlier feeds: another first name, and nothing else that says it is the same person."

    PERSON_KEY_TWICE "BB-U01" "person-key-twice" Error
        summary "A person key is there more than once."
        message "the person key {key} is also that of {where}"
        help "keep one row for each person"
        explanation "At best the last row wins."

    USER_ID_TWICE "BB-U02" "user-id-twice" Error
        summary "Two persons have one login name."
        message "the login name {key} is also that of {where}"
        help "give each person a login name of their own"
        explanation "Learn does not import the second one. Letter case is not significant."

    INST_EMAIL_TWICE "BB-U03" "inst-email-twice" Error
        summary "Two persons have one institution e-mail address."
        message "the institution address {key} is also that of {where}"
        help "give each person an address of their own"
        explanation "The address identifies the user; a duplicate keeps the user from being imported (seed). Letter case is not significant."

    EMAIL_TWICE "BB-U04" "email-twice" Error
        summary "Two persons have one e-mail address, which takes the place of the institution's."
        message "the address {key} is also that of {where}; it stands in for an institution address that is missing"
        help "fill `inst_email` with an address for each person"
        explanation "Where `inst_email` is absent or empty, `email` takes its place and must be unique; a duplicate keeps the user from being imported (seed)."

    COURSE_KEY_TWICE "BB-U05" "course-key-twice" Error
        summary "The key of a course or organization is there more than once."
        message "the key {key} is also that of {where}"
        help "keep one row for each course"
        explanation "At best the last row wins. Keys are unique over courses, organizations and subjects."

    COURSE_ID_TWICE "BB-U06" "course-id-twice" Error
        summary "Two courses have one id."
        message "the id {key} is also that of {where}"
        help "give each course an id of its own"
        explanation "Learn does not create the second one. Letter case is not significant."

    ENROLMENT_TWICE "BB-U07" "enrolment-twice" Error
        summary "A person is enrolled in a course more than once."
        message "the same person is in the same course in {where} too"
        help "keep one row for each person in a course"
        explanation "The pair of keys identifies the enrolment: at best the last row wins, with its role."

    KEY_TWICE "BB-U08" "key-twice" Error
        summary "A key of another kind of object is there more than once."
        message "the key {key} is also that of {where}"
        help "keep one row for each key"
        explanation "At best the last row wins."

    KEY_CASE "BB-U09" "key-differs-by-case" Warning
        summary "Two keys differ only in letter case."
        message "the key {key} differs only in letter case from that of {where}"
        help "use one spelling, or keys that differ"
        explanation "Keys are compared exactly, so these are two records; mostly one was meant."

    COURSE_UNKNOWN "BB-X01" "course-unknown" Error
        summary "A row is about a course or organization that is in no file."
        message "the {object} {key} {why}"
        help "load what it is about first, or correct the key"
        explanation "An enrolment of an unknown course fails (fmt). The same goes for what puts a course into a category, a node or a subject, or gives it a standard."

    PERSON_UNKNOWN "BB-X02" "person-unknown" Error
        summary "A row is about a person who is in no file."
        message "the user {key} {why}"
        help "load the user first, or correct the key"
        explanation "An enrolment of an unknown person fails (fmt)."

    TEMPLATE_UNKNOWN "BB-X03" "template-unknown" Error
        summary "A template is in no file, or comes after the course that uses it."
        message "the template {key} {why}"
        help "load the template first: its content is copied when the course is created"
        explanation "Later changes of a template have no effect on courses that were made from it (seed)."

    TERM_UNKNOWN "BB-X04" "term-unknown" Error
        summary "A course is in a term that is in no file."
        message "the term {key} {why}"
        help "load the term first, or correct the key"
        explanation "Without its term the course has neither its dates nor its availability."

    PARENT_COURSE "BB-X05" "parent-course" Error
        summary "A course cannot be the parent: it is unknown, comes later, is the course itself, or is itself a child."
        message "the parent course {key} {why}"
        help "list the parent first, as a course without a parent of its own"
        explanation "A child fails until its parent exists (fmt); cross-listing has one level."

    ENROLLED_IN_FAMILY "BB-X06" "enrolled-in-family" Error
        summary "A person is active in two courses that are cross-listed together."
        message "the same person is active in {course} too ({where}), which is cross-listed with this course"
        help "keep one enrolment, in the child; disable the old one first"
        explanation "A person may be in one child only, and not in the parent beside it (mem-ex). Of several rows the later one wins."

    COURSE_ID_CHANGED "BB-X07" "course-id-changed" Error
        summary "The id of a course has changed since the last load."
        message "the course {key} had the id {before} before"
        help "keep the id, or make a new course"
        explanation "The id cannot change once the course is created (seed); the change is rejected or ignored."

    ENROLMENT_OF_DISABLED "BB-X08" "enrolment-of-disabled" Warning
        summary "An enrolment counts, and its course or person does not."
        message "the {object} {key} is {status}"
        help "disable the enrolment too, or enable what it is about"
        explanation "The person does not see the course. Mostly one file is older than the other."

    OBSERVER_ROLES "BB-X09" "observer-roles" Error
        summary "An observer, or the person observed, has the wrong role."
        message "{key} does not have the {role} {expected}"
        help "correct the role, or the pair"
        explanation "The observed person is a student by institution role, the observer an observer by system role."

    FIRST_ROW_OF_KEY "BB-X10" "first-row-of-new-data-source" Warning
        summary "The first row with a new data source key is faulty."
        message "no earlier feed has the data source key {key}; the first row with it is faulty; rows behind it with the same key: {count}"
        help "create the key beforehand, or put a row first that is surely right"
        explanation "Learn creates the key with the first row; where that fails, every later row with the key fails too (kb90132)."

    ORGANIZATION_AS_COURSE "BB-X11" "organization-as-course" Error
        summary "An organization stands in a feed of courses."
        message "{key} is an organization ({where})"
        help "send it in a feed of organizations"
        explanation "Sent as a course, it becomes one, without a word (kb76917)."

    PRIMARY_INSTRUCTOR "BB-X12" "primary-instructor" Error
        summary "Somebody is primary instructor without being instructor."
        message "`primary_instructor` is Y and the role is {found}"
        help "set it for instructors only"
        explanation "Learn rejects the row where the role does not count as instructor."

    PARENT_UNKNOWN "BB-X13" "parent-unknown" Error
        summary "A term, category, node, subject or program that a row belongs to is unknown, or comes after it."
        message "the {object} {key} {why}"
        help "list it first, or correct the key"
        explanation "What refers to it fails until it exists."

    REFRESH_DROPS "BB-X14" "refresh-drops" Warning
        summary "A complete refresh would disable more than a set share of the records."
        message "as a {operation}, this would {what} {count} of {total} {object}{of}{source} ({percent} %): {list}{rest}"
        help "send the whole file, or use the store operation"
        explanation "A short file that is sent as a refresh disables what it does not list; the vendor changed the product over it (node49601, mng)."

    KEY_PARTS "BB-C01" "key-parts" Warning
        summary "Course keys do not have the same parts."
        message "the key {found} does not have the parts of {first}: {why}"
        help "build all keys alike: same parts, same lengths, one separator"
        explanation "Keys that are alike can be sorted, and some building blocks ask for parts of equal length (seed)."

    COURSE_ID_ORDER "BB-C02" "course-id-without-term" Warning
        summary "A course id does not begin with year and term."
        message "the course id {found} does not begin with year and term"
        help "begin with the year and the term: `2010_9_12345_CHEM_301`"
        explanation "The list of courses is sorted by it (seed)."

    TEMPLATE_PREFIX "BB-C03" "template-prefix" Warning
        summary "The key of a template does not begin with the word for one."
        message "the template {found} does not begin with {expected}"
        help "give templates the prefix that was agreed"
        explanation "A naming rule keeps templates apart from courses (seed)."

    DATA_SOURCE_PATTERN "BB-C04" "data-source-pattern" Warning
        summary "A data source key does not have the form year, term, source and kind, or is shared by users and courses."
        message "the data source key {found} {why}"
        help "use `2011_fall_SIS_courses`: one key for users, one for the courses of each term, one for its enrolments"
        explanation "So one operation can treat the courses of a term without touching users (seed)."

    PLANNED_FIELD "BB-C05" "planned-field" Warning
        summary "A field is absent that the planning guide lists as mandatory."
        message "{what}"
        help "collect the field"
        explanation "Blackboard's guide asks for login, password, e-mail, institution e-mail and institution role of every user (seed)."
}
