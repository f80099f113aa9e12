//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".txt"

    LOAD_TYPE_MISSING "BR-F01" "load-type-missing" Error
        summary "The first line that says something is not the load type, or there is none."
        message "the file does not begin with its load type"
        help "begin with `LoadType=Package`, `LoadType=XMLMetadata` or `LoadType=CSVMetadata`"
        explanation "The utility knows from this line how to read all others. Blank lines and comments may stand before it. The records were read as far as they can be without it: repository id and path are the same in all types."

    LOAD_TYPE_UNKNOWN "BR-F02" "load-type-unknown" Error
        summary "The load type is none of the three."
        message "`{found}` is no load type"
        help "write `Package`, `XMLMetadata` or `CSVMetadata`, with nothing else on the line"
        explanation "There are three types: packages with their own metadata, files with metadata in XML files, files with metadata in the setup file itself. The example in the help pages shows a record on the line of the type; that is the page's layout, and the utility does not read it."

    SECOND_LOAD_TYPE "BR-F03" "second-load-type" Error
        summary "The load type is given a second time."
        message "the load type is given again"
        help "write one setup file for each type"
        explanation "All records of a file have the form that its first line states. The records that follow were read in the first type."

    NO_RECORD "BR-F04" "no-record" Warning
        summary "The file names nothing to upload."
        message "there is no record behind the load type"
        help "add a record for each file to upload"
        explanation "The utility moves such a file to its output directory and has done nothing."

    ENCODING "BR-F05" "encoding" Warning
        summary "The file is not in UTF-8."
        message "the file was read as {encoding}"
        help "save the file as UTF-8"
        explanation "Which encodings the utility reads is not documented. Bytes that are not UTF-8 were read as windows-1252, which is what Windows programs mostly write; the place is that of the first of them. UTF-16 with a byte order mark, the `Unicode` of Notepad, is certain and only worth knowing."

    LOAD_TYPE_SPELLING "BR-F06" "load-type-spelling" Warning
        summary "The load type is written in another letter case, or with blanks in it."
        message "the load type is not written `{expected}`"
        help "write it so, in this letter case and without blanks"
        explanation "Only the exact spelling is documented."

    FILE_NAME "BR-F07" "file-name" Warning
        summary "The name of the setup file does not end in `.txt`."
        message "`{found}` does not end in `.txt`"
        help "give the setup file a name that ends in `.txt`"
        explanation "Setup files are text files with that ending; others in the input directory are taken for assets."

    LIMIT "BR-F08" "limit-exceeded" Error
        summary "The input asks for more than the limits of the reader allow."
        message "a {what} is larger than the limit of {limit}"
        help "look at what stands here; raise the limit if it is right"
        explanation "Limits keep a damaged or hostile file from taking all memory. A line of a setup file that is too long is passed over, and the next one is read."

    CONTROL_CHARACTER "BR-F09" "control-character" Warning
        summary "A line holds control characters."
        message "a control character (U+{code}) stands here"
        help "remove it"
        explanation "No path and no metadata need one; a zero byte ends a text for many programs. Reported once a line."

    MALFORMED "BR-F10" "malformed-characters" Error
        summary "Bytes stand for no character of the encoding."
        message "{count} characters are damaged in {encoding}; they were read as U+FFFD"
        help "save the file again"
        explanation "Half a character is left over, mostly because a program cut the file at a number of bytes. The place is that of the first one."

    REPOSITORY_ID "BR-R01" "repository-id" Error
        summary "The repository id is not a positive number."
        message "`{found}` is no repository id"
        help "write the number that the repository's properties page shows"
        explanation "The id is that of the repository in which the object is created: Admin Tools, Manage Repositories, name of the repository, ID. Leading zeros are read and only worth knowing."

    FIELD_MISSING "BR-R02" "field-missing" Error
        summary "A record lacks a field that it must have."
        message "the {field} is missing"
        help "give the field"
        explanation "Type 1 has a repository id and a path, type 2 the path of the metadata file too. In type 3 only id and path have to be given."

    TOO_MANY_FIELDS "BR-R03" "too-many-fields" Error
        summary "A record has more fields than its type."
        message "{count} fields where {load_type} has {expected}"
        help "put values that hold a comma in quotes"
        explanation "Mostly a comma in a value without quotes, or a record of another type: types cannot be mixed in one file. The fields that are left over are kept apart."

    QUOTE_NOT_CLOSED "BR-R04" "quote-not-closed" Error
        summary "A quote is not closed on its line."
        message "this quote is not closed"
        help "close it with the same character, and use the other kind of quote around values that hold it"
        explanation "There is no escape: a quote ends at the next one of its kind. The value was taken to go to the end of the line; the next line was read as usual."

    TEXT_AFTER_QUOTE "BR-R05" "text-after-quote" Error
        summary "Text stands between the end of a quoted value and the next comma."
        message "`{found}` stands behind the closing quote"
        help "use the kind of quote that the value does not hold"
        explanation "Neither doubling a quote nor a backslash before it means anything in a setup file: the value ends at the next quote of its kind. What stands behind it was left out of the value."

    QUOTE_IN_BARE_VALUE "BR-R06" "quote-in-bare-value" Warning
        summary "A value without quotes holds a quote."
        message "the value holds a quote and has none around it"
        help "put the value in quotes of the other kind"
        explanation "The article asks for quotes around values that hold an apostrophe or quotation marks. The value was kept as it stands."

    WRAPPED_RECORD "BR-R07" "wrapped-record" Warning
        summary "A record goes on on another line."
        message "the record goes on on line {line}"
        help "write each record on one line"
        explanation "The article shows a record on two lines, but not whether the utility reads that or the page was too narrow. The lines were read as one record."

    QUOTED_ID "BR-R08" "quoted-repository-id" Info
        summary "The repository id stands in quotes."
        message "the repository id stands in quotes"
        help "nothing; both forms are documented"
        explanation "One help page has the id without quotes, the other with them."

    TYPOGRAPHIC_QUOTES "BR-R09" "typographic-quotes" Warning
        summary "A value stands in typographic quotes."
        message "typographic quotes are no quotes here"
        help "write `\"` or `'`; `brightspace-bulk rewrite --straighten-quotes` does"
        explanation "The help page shows its fields in curly quotes, and word processors make them. They are part of the value, and a comma between them ends it."

    UNWRITABLE_VALUE "BR-R10" "unwritable-value" Error
        summary "A value cannot be written in a setup file."
        message "the {field} cannot be written: {reason}"
        help "change the value, or use load type 2, whose metadata stand in XML files"
        explanation "There is no escape: a value that holds both kinds of quote, or a line break, has no spelling."

    LINE_BREAK "BR-R11" "line-break-in-value" Error
        summary "A quoted value goes on on the next line."
        message "the value seems to go on on the next line"
        help "write the value on one line"
        explanation "A value cannot hold a line break. The line ends the value, and what follows was read as a record of its own."

    FIELDS_PADDED "BR-R12" "fields-missing-at-the-end" Warning
        summary "A record of type 3 has fewer than nine fields."
        message "{count} fields where CSVMetadata has 9; the others were taken to be empty"
        help "write a comma for each field, also before one that is empty"
        explanation "Nine fields are eight commas. Whether the utility reads fewer is not documented."

    URL "BR-P01" "path-is-url" Error
        summary "A path is a URL."
        message "`{found}` is a URL"
        help "give a path that the server can open"
        explanation "Files must be reachable through a file path."

    NOT_ABSOLUTE "BR-P02" "path-not-absolute" Error
        summary "A path is relative, or goes upwards."
        message "`{found}` {problem}"
        help "write `\\\\server\\share\\folder\\file` or `D:\\folder\\file`, without `..`"
        explanation "The utility runs as a task of the server and has no folder of its own to start from."

    FORWARD_SLASHES "BR-P03" "forward-slashes" Warning
        summary "A path is written with forward slashes."
        message "`{found}` has forward slashes"
        help "write backslashes"
        explanation "The utility runs on Windows; all documented paths have backslashes."

    NOT_FOUND "BR-P04" "file-not-found" Error
        summary "A file is not where its path says."
        message "`{found}` is not there"
        help "put the file there, or correct the path"
        explanation "Checked where the caller says how paths of the server are to be opened."

    PATH_TWICE "BR-P05" "path-twice" Warning
        summary "A path is named twice for one repository."
        message "this path is named before for the same repository"
        help "remove one of the two records"
        explanation "A setup file only adds: the object will exist twice. Paths are compared as Windows does, without letter case."

    NOT_A_PACKAGE "BR-P06" "not-a-package" Error
        summary "A file of type 1 is no zip archive."
        message "`{found}` is no zip archive"
        help "name a SCORM 1.2 package, or use type 2 or 3 for single files"
        explanation "Type 1 is for SCORM 1.2 packages. Told by the name, and by the first bytes where the file can be opened."

    LINKED_FILES "BR-P07" "asset-with-links" Warning
        summary "An asset may link to files that are not uploaded with it."
        message "`{found}` will be uploaded alone, without the files that it links to"
        help "upload it as a package, or name files that need no others"
        explanation "The utility does not scan assets: of an HTML, HTM, JS or INC file only the file itself is uploaded, and its images and other parts are missing."

    EXECUTABLE "BR-P08" "executable" Warning
        summary "An asset is a program."
        message "`{found}` is a program"
        help "do not upload programs"
        explanation "The repository refuses EXE files."

    NOT_XML "BR-P09" "metadata-not-xml" Error
        summary "The metadata path names no XML file with metadata."
        message "`{found}` names no XML file with metadata"
        help "name an IMSMD 1.2.1 file that ends in `.xml`"
        explanation "Type 2 takes the metadata from an XML file. Told by the name, and by the content where the file can be opened: `check` says of the file itself what is wrong with it."

    FORBIDDEN_CHARACTER "BR-P10" "forbidden-character" Error
        summary "A path holds a character that no Windows name may hold."
        message "`{found}` cannot stand in a path"
        help "correct the path"
        explanation "The characters `< > : \" | ? *` and control characters cannot occur in a name; the colon stands behind a drive letter only."

    LINK "BR-P11" "linked-file-missing" Warning
        summary "A file that an asset links to will be missing."
        message "`{found}`, which `{asset}` links to, will be missing"
        help "upload the asset as a package"
        explanation "Said for each relative link of an HTML, HTM, JS or INC asset, where the caller says how the asset is to be opened. See BR-P07."

    LOST "BR-C01" "lost-in-conversion" Warning
        summary "Metadata have no place in a setup file."
        message "`{path}` is lost: {reason}"
        help "use load type 2 to keep it"
        explanation "A record of type 3 has one title, one description, one keyword, one contributor with one name, and one format, in no language."

    PACKAGE_METADATA_DISCARDED "BR-C02" "package-metadata-discarded" Info
        summary "A package's own metadata will not be used."
        message "the package's own metadata are discarded; its title is `{found}`"
        help "nothing, unless the package's metadata are wanted: then use type 1"
        explanation "With types 2 and 3 only the metadata of the XML file, or of the setup file, are used, also where they are empty."

    METADATA_MALFORMED "BR-M01" "metadata-not-well-formed" Error
        summary "The metadata are not well-formed XML, or a document type declares entities."
        message "{what}"
        help "correct the XML"
        explanation "A strict parser refuses the whole file. This one repaired what it could. Entities are never expanded."

    NOT_LOM "BR-M02" "not-imsmd" Error
        summary "The root is not `lom`, or its namespace is not that of IMSMD 1.2.1."
        message "the root is `{found}` in {namespace}"
        help "write `<lom xmlns=\"http://www.imsglobal.org/xsd/imsmd_rootv1p2p1\">`"
        explanation "The utility asks for IMSMD 1.2.1. Two other namespaces name the same vocabulary, which is worth knowing; without a namespace the elements are read all the same, with a warning."

    METADATA_STRUCTURE "BR-M03" "metadata-structure" Warning
        summary "The metadata deviate from the schema in order, number or content."
        message "`{found}` {problem}"
        help "follow the schema imsmd_rootv1p2p1"
        explanation "The order of the elements is fixed, most occur once, texts stand in `langstring`, and vocabulary entries in `source` and `value`."

    CONTRIBUTOR_INCOMPLETE "BR-M04" "contributor-incomplete" Warning
        summary "A `contribute` has no `role`, or a `centity` no `vcard`."
        message "the `{found}` has no `{missing}`"
        help "give it"
        explanation "The schema asks for both."

    VCARD "BR-M05" "vcard" Warning
        summary "A vCard is not written as one."
        message "this is no proper vCard: {problem}"
        help "write BEGIN:VCARD, VERSION:3.0, N, FN and END:VCARD, each on a line of its own"
        explanation "The name was taken out of it as far as possible. Found in the field: everything on one line, `\\n` in place of line breaks, a bare name."

    ROLE "BR-M06" "role-not-in-source" Warning
        summary "A role is not among those of LOMv1.0, which its source names."
        message "LOMv1.0 has no role `{found}`"
        help "use a role of the list, or another source"
        explanation "The list: Author, Publisher, Unknown, Initiator, Terminator, Validator, Editor, Graphical Designer, Technical Implementer, Content Provider, Technical Validator, Educational Validator, Script Writer, Instructional Designer."

    FORMAT "BR-M07" "format-no-media-type" Warning
        summary "The format is no media type."
        message "`{found}` is no media type"
        help "write a type such as `image/png`, or `non-digital`"
        explanation "`technical.format` is a media type in the standard's use."

    IEEE_NAMES "BR-M08" "ieee-lom-names" Warning
        summary "Elements have the names of IEEE LOM in place of those of IMSMD."
        message "`{found}` is a name of IEEE LOM; IMSMD has `{expected}`"
        help "write the names of IMSMD 1.2.1, which are in lower case"
        explanation "Both standards describe the same things under other names; a reader of IMSMD passes over those it does not know. The element was read by its meaning. Said once for each name."

    HALF_CONTRIBUTOR "BR-M09" "half-contributor" Warning
        summary "A contributor has names without a role, a role without names, or half a name."
        message "the contributor has {problem}"
        help "give role, first and last name together, or none of them"
        explanation "The three fields make one `lifecycle.contribute`. IMSMD demands a role: one that is missing becomes `Unknown`."

    KEYWORD_LIST "BR-M10" "keyword-list" Warning
        summary "A keyword looks like a list."
        message "`{found}` looks like several keywords"
        help "give one keyword; use type 2 for more"
        explanation "The field holds a single keyword. It was kept whole."

    TITLE_MISSING "BR-M11" "title-missing" Info
        summary "There is no title."
        message "there is no title"
        help "give a title, so that the object can be found"
        explanation "All metadata are optional."

    NOT_A_ZIP "BR-S01" "not-a-zip" Error
        summary "The package is no zip archive."
        message "this is no zip archive"
        help "pack the content as a zip archive"
        explanation "A SCORM 1.2 package is a zip archive."

    MANIFEST_MISSING "BR-S02" "manifest-missing" Error
        summary "The package has no `imsmanifest.xml` at its root."
        message "there is no `imsmanifest.xml` at the root{hint}"
        help "pack the content of the folder, not the folder, and keep the name in lower case"
        explanation "Every reader looks for exactly this name at the root of the archive."

    MANIFEST_MALFORMED "BR-S03" "manifest-not-well-formed" Error
        summary "The manifest is not well-formed XML, or a document type declares entities."
        message "{what}"
        help "correct the XML"
        explanation "A strict parser refuses the whole package. This one repaired what it could. Entities are never expanded."

    MANIFEST_NAMESPACE "BR-S04" "manifest-namespace" Error
        summary "The manifest, or what SCORM adds to it, is not in its namespace."
        message "`{found}` is in {namespace}"
        help "export the package as SCORM 1.2"
        explanation "SCORM 1.2 has `http://www.imsproject.org/xsd/imscp_rootv1p1p2`, and `http://www.adlnet.org/xsd/adlcp_rootv1p2` for `scormtype`. Another one mostly means another standard, such as SCORM 2004."

    SCHEMA_VERSION "BR-S05" "schema-version" Error
        summary "The manifest does not state ADL SCORM 1.2."
        message "the manifest {problem}"
        help "write `<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>`"
        explanation "Type 1 takes SCORM 1.2 packages. Both elements may be missing by the schema, but then receivers guess."

    PART_MISSING "BR-S06" "manifest-part-missing" Error
        summary "The manifest has no `organizations` or no `resources`."
        message "the manifest has no `{missing}`"
        help "add it"
        explanation "Both are required, in this order."

    DEFAULT_ORGANIZATION "BR-S07" "default-organization" Error
        summary "The default organization does not exist."
        message "no organization has the identifier `{found}`"
        help "name an organization of the manifest"
        explanation "A receiver starts with the default organization."

    REFERENCE "BR-S08" "dangling-reference" Error
        summary "An item or a dependency refers to a resource that does not exist."
        message "no resource has the identifier `{found}`"
        help "correct the reference"
        explanation "The topic will have no content."

    DUPLICATE_IDENTIFIER "BR-S09" "duplicate-identifier" Error
        summary "An identifier is given twice."
        message "the identifier `{found}` is given twice"
        help "give each element an identifier of its own"
        explanation "Identifiers are unique in the whole document."

    RESOURCE_TYPE "BR-S10" "resource-type" Error
        summary "A resource has no type, or a `scormtype` that is neither `sco` nor `asset`."
        message "the resource {problem}"
        help "write `type=\"webcontent\"` and `adlcp:scormtype=\"sco\"` or `\"asset\"`"
        explanation "The type is required. The words of `scormtype` are in lower case."

    FILE_MISSING "BR-S11" "package-file-missing" Error
        summary "A file that the manifest names is not in the package."
        message "`{found}` is not in the package"
        help "add the file, or correct the name; letter case counts"
        explanation "A reference is a URL: `%20` stands for a blank. What has a scheme stands elsewhere and is not looked for."

    UNSAFE_NAME "BR-S12" "unsafe-entry-name" Error
        summary "The name of an entry leads out of the folder it is unpacked to."
        message "the entry `{found}` leads out of the package"
        help "pack the content again, with names that begin at its root"
        explanation "Unpacking such an entry could overwrite any file. It is never unpacked here."

    BACKSLASH "BR-S13" "backslash-in-entry-name" Warning
        summary "The name of an entry has backslashes."
        message "the entry `{found}` has backslashes"
        help "pack with a tool that writes `/`"
        explanation "The zip format has `/` between the parts of a name; readers differ in what they make of a backslash."

    NOT_LISTED "BR-S14" "file-not-listed" Info
        summary "A file of the package is not named in the manifest."
        message "`{found}` is not named in the manifest"
        help "name it in a `file` element, or leave it out"
        explanation "It is uploaded with the package, but receivers that go by the manifest leave it out."

    SCHEMA_FILES "BR-S15" "schema-file-missing" Info
        summary "A schema file that the manifest names is not in the package."
        message "the schema file `{found}` is not in the package"
        help "nothing, unless a receiver validates against it"
        explanation "Receivers know the schemas; the copies in packages are often damaged."

    PACKAGE_SIZE "BR-S16" "package-size" Error
        summary "The package exceeds a limit on entries, size or compression."
        message "the package has {found}, the limit is {limit}"
        help "look at what it holds; raise the limit if it is right"
        explanation "An archive of a few kilobytes can unpack to terabytes. Nothing of it was unpacked."

    WRONG_KIND "BR-S17" "wrong-kind-of-package" Error
        summary "The package is of a kind that the utility cannot load."
        message "this is {kind}"
        help "export the content as SCORM 1.2"
        explanation "The utility loads SCORM 1.2. It cannot load Common Cartridges, QTI packages or course exports."

    SEVERAL_LEVELS "BR-S18" "metadata-at-several-levels" Info
        summary "Metadata stand at several levels of the manifest."
        message "metadata stand at {levels}; for one object those of the {first} count, with the title `{title}`"
        help "nothing, if that is what is meant"
        explanation "If there are several for one object, the first in the order manifest, organization, item, resource counts. Those of manifest and organization belong to the topmost object, those of an item to its module or topic, those of a resource to topic and file."

    IDENTIFIER_MISSING "BR-S19" "identifier-missing" Error
        summary "An element of the manifest has no identifier."
        message "the `{found}` has no identifier"
        help "give it one"
        explanation "`manifest`, `organization`, `item` and `resource` must have one."

    MANIFEST_STRUCTURE "BR-S20" "manifest-structure" Warning
        summary "The manifest deviates from the schema in order, number or length."
        message "`{found}` {problem}"
        help "follow the schema imscp_rootv1p1p2"
        explanation "The parts of a manifest come in the order `metadata`, `organizations`, `resources`, each once; a title has at most 200 characters, a reference 2000, parameters 1000."
}
