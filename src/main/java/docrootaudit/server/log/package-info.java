/**
 * What nginx, Apache, their firewalls and the kernel wrote down of requests that were refused: lines in, events out.
 *
 * <p>A line is a string of characters below 256, one a byte ({@link docrootaudit.server.ByteText}). Whoever sends
 * requests writes parts of it: a parser takes from a line only what the server's own words prove, counts nothing twice
 * that could be a forged line, and never repeats a visitor's words but the path of the URL. An event holds an address for
 * the time it takes to count it; the {@link docrootaudit.server.log.Tally} keeps keyed hashes and sketches, and of whole
 * files one {@link docrootaudit.server.log.Witness} a place, which goes nowhere but to whoever predicts an answer.
 *
 * <p>It imports {@code server} and {@code access} for paths, and knows nothing of files, clocks or reports.
 */
package docrootaudit.server.log;
