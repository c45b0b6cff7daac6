/**
 * All texts of the site in English, in groups: messages in ICU MessageFormat
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/). Other languages are files in this folder (`de.yaml`) with
 * the same groups and keys.
 *
 * For translators: a value replaces `{name}`, `<name>…</name>` makes your words a link or another element, and `#` is the number
 * of a plural. Names of feeds, people and planets stay unchanged; dates, numbers and lists are in your language.
 */
export const en = {
  /** On every page, or on many kinds of them. */
  site: {
    skip: 'Skip to the content',
    archive: 'Archive',
    authors: 'Authors',
    feeds: 'Feeds',
    subscribe: 'Subscribe',
    search: 'Search',
    status: 'Status',
    /** Names of navigations, read aloud. */
    navigation: 'Site',
    about: 'About',
    crumbs: 'You are here',
    days: 'Days',
    months: 'Months',
    years: 'Years',
    /** A switch between rivers of one language, and its first choice: all languages. */
    languages: 'Languages',
    allLanguages: 'All',
    entries: '{count, plural, one {# entry} other {# entries}}',
    /** Only the number is seen, the rest is read aloud: keep # in every form. */
    entryCount: '{count, plural, one {#<unseen> entry</unseen>} other {#<unseen> entries</unseen>}}',
    /** How far a list reaches: "The newest 100 of 250 entries". */
    newestOf: 'The newest {shown, number} of {count, plural, one {# entry} other {# entries}}',
    writingLately: 'Writing lately',
    rights: 'Every entry belongs to its author.',
    keptBy: 'Run by <owner>{name}</owner>.',
    keptByMail: 'Run by <owner>{name}</owner>, <mail>{address}</mail>.',
    /** Orrery is this program, named after the machine that shows how planets move. */
    engine: 'Made with Orrery.',
    /** Label of the field in the header, read aloud. */
    searchAll: 'Search all entries',
    moved: 'This page has moved.',
    /** `when` is a moment: "23 Jan 2026 8:40am GMT". */
    lastChange: 'Last new entry: <date>{when}</date>.',
    readEveryHours: '{count, plural, one {The feeds are read every hour.} other {The feeds are read every # hours.}}',
    readEveryMinutes:
      '{count, plural, one {The feeds are read every minute.} other {The feeds are read every # minutes.}}',
  },
  /** The front page: the newest entries by day and feed. */
  river: {
    /** How much of each entry the page shows. */
    density: 'How much of each entry',
    full: 'Full',
    excerpts: 'Excerpts',
    titles: 'Titles',
    onward:
      'This page shows the newest entries of each feed. To read everything day by day, begin with <day>{date}</day>, or look through <archive>the archive</archive>.',
    /** Heading over the feeds. */
    following: 'Following',
    /** `since` is a month: "January 2009". */
    total:
      '<entriesLink>{entries, plural, one {# entry} other {# entries}}</entriesLink> by <authorsLink>{authors, plural, one {# author} other {# authors}}</authorsLink> since {since}, all of them <search>searchable</search>.',
    /** `formats` is a list of links: "RSS, Atom and JSON Feed". */
    followAll: 'Follow everything by {formats}, or see <how>how that works</how>.',
    /** Read aloud before the title of an entry that the reader has not seen. */
    new: 'New: ',
    /** Headings next to the river of one day. */
    onThisDay: 'On this day',
    writtenBy: 'Written by',
  },
  /** One entry, on its own page and in lists. */
  entry: {
    untitled: 'Untitled',
    readAll: 'Read it all',
    /** `minutes` is a length of time: "4 min". */
    readAllIn: 'Read it all · {minutes}',
    fold: 'Fold it again',
    /** `site` is the host of the original: "blog.example". */
    readAt: 'Read on at {site}',
    files: 'Files that belong to this entry',
    /** The first words of an entry without a title, in the quotation marks of your language. */
    quoted: '“{words}”',
    /** A video; `site` is the host: "video.example". */
    watchAt: 'Watch at {site}',
    /** The chapters of a podcast. */
    chapters: 'Chapters',
    /** Why the date is not the author's. */
    dateMissing: '<date>{day}</date>, when it was first seen here: the feed gives no date',
    dateInFuture: '<date>{day}</date>, when it was first seen here: the feed gives a date in the future',
    dateImpossible: '<date>{day}</date>, when it was first seen here: the feed gives a date that cannot be right',
    /** The other feeds that carried it, and why it is not shown as theirs. */
    via: 'also via {feeds}',
    viaLater: 'also via {feeds}, which brought it later',
    viaAuthor: 'also via {feeds}, but it is from its author’s own feed',
    viaSite: 'also via {feeds}, but it is from the feed of its own site',
    firstIn: 'first in <source>{name}</source>',
    /** A button to the original. */
    readOriginal: 'Read at {site}',
    /** What an entry's page leads on to. */
    later: 'Newer in this feed',
    earlier: 'Older in this feed',
    byAuthor: 'More by {name}',
    sameDay: 'Also on {day}',
    /** Read aloud before the entry's categories. */
    categories: 'Categories',
    description: '{heading}, in {feed}, {when}',
    /** In the place of a text that could do harm. */
    withheld: 'This text was withheld: it holds markup that is not allowed here.',
  },
  /** The archive, its years, months and days. */
  archive: {
    lede: '{entries, plural, one {# entry} other {# entries}} in {years, plural, one {# year} other {# years}}. <search>Search</search> them all to find one again.',
    description:
      'Everything that {planet} has ever shown: {entries, plural, one {# entry} other {# entries}} in {years, plural, one {# year} other {# years}}.',
    yearTotal: '{entries, plural, one {# entry} other {# entries}} in {months, plural, one {# month} other {# months}}',
    monthTotal: '{entries, plural, one {# entry} other {# entries}} on {days, plural, one {# day} other {# days}}',
    yearDescription:
      '{planet} in {year}: {entries, plural, one {# entry} other {# entries}} in {months, plural, one {# month} other {# months}}.',
    monthDescription:
      '{planet} in {month}: {entries, plural, one {# entry} other {# entries}} on {days, plural, one {# day} other {# days}}.',
    dayDescription:
      '{planet} on {day}: {entries, plural, one {# entry} other {# entries}} from {feeds, plural, one {# feed} other {# feeds}}.',
    /** A drawing of a column for each month, read aloud. */
    activity: 'Entries by month, {first} to {last}; most in {month}: {count, number}',
    mostIn: 'most in {month}: {count, plural, one {# entry} other {# entries}}',
    yearByYear: 'Year by year',
    /** `name` is an author or a feed. */
    nameInYear: '<who>{name}</who> in {year}',
    nameInYearTitle: '{name} in {year}',
    nameInYearDescription: '{name} in {planet}, {year}: {count, plural, one {# entry} other {# entries}}.',
    /** After a month that a screen reader has just named, and before how many entries it holds. */
    unseenYear: ' {year}, ',
  },
  authors: {
    description: 'Everyone who writes in {planet}: {count, plural, one {# author} other {# authors}}.',
    lede: '{count, plural, one {# author} other {# authors, each}} with an archive of everything they wrote here',
    authorDescription: '{name} in {planet}: {count, plural, one {# entry} other {# entries}}, from {feeds}.',
    authorLede: '{count, plural, one {# entry} other {# entries}}, the newest on {date}, from {feeds}',
    /** Before the formats: "Follow by RSS Atom JSON Feed". */
    followBy: 'Follow by {formats}',
  },
  feeds: {
    description: 'The feeds that {planet} follows: {count, plural, one {# feed} other {# feeds}}.',
    lede: '{count, plural, one {# feed} other {# feeds}} that this planet follows',
    feedDescription: 'Everything from {feed} in {planet}: {count, plural, one {# entry} other {# entries}}.',
    empty: 'Nothing has come from it yet',
    /** `opml` is a link to a file that feed readers import. */
    opml: 'To follow them all, give <opml>this list (OPML)</opml> to your feed reader.',
    /** Buttons that sort the list. */
    order: 'Order',
    byName: 'By name',
    byNewest: 'By newest entry',
    feedLede: '{count, plural, one {# entry} other {# entries}}, the newest on {date}',
    /** A link to the feed that the planet reads. */
    ownFeed: 'Its own feed',
    /** A link to its place on the page on the feeds' health. */
    health: 'Its status',
    /** `reason` is in English. */
    problem: 'A problem since <date>{day}</date>: {reason}.',
  },
  /** The page on the feeds' health. */
  status: {
    description: 'How the feeds that {planet} follows are doing.',
    allWell: '{count, plural, one {The only feed is OK} other {All # feeds OK}}',
    needAttention:
      '{ill, number} of {count, plural, one {# feed} other {# feeds}} {ill, plural, one {needs} other {need}} attention',
    /** `feeds` is a list of links. */
    needAttentionList:
      '{ill, number} of {count, plural, one {# feed} other {# feeds}} {ill, plural, one {needs} other {need}} attention: {feeds}',
    inactiveAfter:
      'A feed is inactive when its newest entry is more than 180 days old. The same for programs: <json>status.json</json>',
    rules: 'Rules',
    rulesLede: 'The rules by which the owner of this planet hides entries. All of them are still in the archive.',
    ruleHides: '<code>{rule}</code> hides {count, plural, one {one entry} other {# entries}}',
    /** How a feed is doing, in a word next to its title. Of a person’s name it must not say "missing" or "faulty". */
    well: 'OK',
    inactive: 'Inactive',
    failing: 'Failing',
    gone: 'Gone',
    held: 'Held',
    new: 'New',
    /** `reason` is in English. */
    since: 'Since <date>{day}</date>: {reason}. Until then it was OK.',
    notRead: 'No snapshot has read it yet.',
    paused: 'Paused: not read for now. Its entries stay.',
    entries: 'Entries',
    noEntries: 'none yet',
    entriesNewest: '{count, number}, the newest on <date>{day}</date>',
    /** Entries that wait for the owner's decision. Commands are in English. */
    heldWait:
      '{count, plural, one {# entry waits} other {# entries wait}} for the planet’s owner: <show>npm run planet -- held</show> shows them, <accept>npm run planet -- accept {id}</accept> takes them in, <reject>npm run planet -- reject {id}</reject> drops them for good',
    /** Said of the language of entries. */
    unknownLanguage: 'Not known',
    rejected: 'Rejected',
    moved: 'Moved',
    movedTo: 'for good; write <code>url: {address}</code> in planet.yaml',
    /** When the feed is read again: said of one that is gone. */
    next: 'Next',
    nextNever: 'never read again, until planet.yaml says otherwise; its entries stay',
    /** `Notes` are in English. */
    notes: 'Notes',
  },
  subscribe: {
    description: 'How to follow {planet} in a feed reader.',
    lede: 'Let new entries come to you, without an account and without anybody watching',
    everything: 'Everything',
    same: 'All of them hold the same, so take any: the fifty newest entries of {planet}, each with its author, its date and a link to where it was first published. Some readers can go back from the Atom feed, month by month, to the very first entry.',
    /** `readers` is a list of links. */
    oneClick: 'In one click: {readers}',
    how: 'How it works',
    step1:
      'Get a feed reader, if you have none: an app such as NetNewsWire, Feeder or Thunderbird, or a site such as Miniflux, Feedly or Inoreader.',
    step2: 'Copy one of the addresses above.',
    step3: 'In the reader, choose “add”, “follow” or “subscribe”, and paste it.',
    findItself: 'Most readers also find the feed by themselves when you give them the address of any page here.',
    oneLanguage: 'Just one language',
    oneFeed: 'Just one of its feeds',
    /** A feed, and the formats that it can be followed by. */
    feedFormats: '<feed>{name}</feed>: {formats}',
    opml: 'Or take them all: <opml>the list of the feeds that this planet follows</opml>, which any feed reader can import (OPML).',
    oneAuthor: 'Just one author',
    authorFeeds:
      '{count, plural, one {The <authors>author</authors> has feeds too: give} other {Each of the <authors># authors</authors> has feeds too: choose one, and give}} the address of the page to your reader.',
  },
  notFound: {
    title: 'Not found',
    description: 'There is nothing at this address.',
    heading: 'Page not found',
    lede: 'There is no page at this address.',
    help: 'Entries that were once here are still here: look through <archive>the archive</archive>, find one by its <author>author</author> or its <feed>feed</feed>, or go back to <river>the newest entries</river>.',
  },
  /** What the planet's own feeds say of themselves. */
  outputs: {
    /** `name` is an author or a feed. */
    title: '{name} · {planet}',
    authorDescription: 'What {name} writes, as {planet} follows it',
    feedDescription: '{name}, as {planet} follows it',
  },
  /** The search page. */
  searchPage: {
    description: 'Search everything that {planet} has ever shown.',
    words: 'Words to search for',
    /** `since` is a month: "January 2009". */
    lede: 'Titles, names and texts of {count, plural, one {# entry} other {# entries}} since {since}',
    noScript:
      'This search runs in your browser and needs JavaScript. Without it, look through <archive>the archive</archive>, <authors>the authors</authors> or <feeds>the feeds</feeds>: the lists there are complete, and your browser’s own search finds titles in them.',
  },
  /** The search's script: short, for every reader loads it who searches. */
  search: {
    close: 'Close',
    hint: '↓ and ↑ move through the results, and Enter opens one. Enter in this field opens the search page. Esc closes.',
    filters: 'Filters and order <count></count>',
    order: 'Order',
    best: 'Best match',
    newest: 'Newest first',
    year: 'Year',
    feed: 'Feed',
    language: 'Language',
    author: 'Author',
    /** A field that finds a feed or an author in a long list. */
    findIn: 'Find in: {name}',
    find: 'Find',
    /** `<word>` is a button with another word: "Did you mean python?" */
    near: 'Did you mean <word></word>?',
    help: 'Try another spelling, or fewer words. The beginning of a word is enough.',
    drop: 'Search without filters',
    browse:
      'Or look through <archive>the archive</archive>, <authors>the authors</authors> and <feeds>the feeds</feeds>.',
    offline: 'The search could not be loaded. Are you offline? <why></why>',
    retry: '<again>Try again</again> or look through <archive>the archive</archive>.',
    more: 'Show more',
  },
  /** The same, for texts that change while somebody searches. */
  results: {
    /** `span` is a time: "March 2009 – January 2026". */
    older: 'Search {span} as well',
    found: '{count, plural, =0 {No entry} one {# entry} other {# entries}} for “{words}”',
    foundFiltered: '{count, plural, =0 {No entry} one {# entry} other {# entries}} with these filters',
    searched: '{found}. Searched {span}.',
    searchingOn: '{found} in {span}. Searching older entries …',
    searching: 'Searching …',
    failed: 'The search could not be loaded.',
    /** How many filters are chosen. */
    chosen: '{count, plural, other {# chosen}}',
  },
  /** The reader's script: short, for every page loads it. */
  reader: {
    fresh: '{count, plural, other {# new since your last visit}}',
    /** Keyboard shortcuts: a button, and the heading of their list. */
    keys: 'Keys',
    close: 'Close',
    listen: 'Use these keys',
    /** What each key does. */
    j: 'Next entry',
    k: 'Previous entry',
    o: 'Open it at its own site',
    n: 'One day down',
    p: 'One day up',
    search: 'Search',
  },
  /** The switch between a light and a dark page. */
  colours: {
    legend: 'Colours',
    auto: 'Like the device',
    light: 'Light',
    dark: 'Dark',
  },
} as const;
