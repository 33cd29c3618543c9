package docrootaudit.server.apache;

import docrootaudit.access.FileType;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Pcre;
import docrootaudit.server.Tree;
import docrootaudit.server.apache.Expression.Node;
import docrootaudit.server.apache.Expression.Word;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/** Evaluates an expression for a request; what cannot be decided is doubted, and taken as false. */
final class ExpressionRun {
    private final Hop hop;
    private final Journey journey;
    private final Variables variables;
    private Directive line;
    private Optional<Pcre.Result.Match> match = Optional.empty();

    ExpressionRun(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
        this.variables = new Variables(hop);
    }

    boolean isTrue(Expression expression) {
        line = expression.line();
        if (expression.root().isEmpty()) {
            journey.doubt("its expression is not understood", line);
            return false;
        }
        return eval(expression.root().get());
    }

    String text(Expression expression) {
        line = expression.line();
        if (expression.text().isEmpty()) {
            journey.doubt("its expression is not understood", line);
            return "";
        }
        return text(expression.text().get());
    }

    /** The groups of the last regular expression that matched. */
    Optional<Pcre.Result.Match> match() {
        return match;
    }

    private boolean eval(Node node) {
        if (node instanceof Node.Constant constant) {
            return constant.value();
        } else if (node instanceof Node.Not not) {
            return !eval(not.inner());
        } else if (node instanceof Node.And and) {
            return eval(and.left()) && eval(and.right());
        } else if (node instanceof Node.Or or) {
            return eval(or.left()) || eval(or.right());
        } else if (node instanceof Node.Compare compare) {
            return compare(compare.operator(), text(compare.left()), text(compare.right()));
        } else if (node instanceof Node.Matches matches) {
            return matches(matches);
        } else if (node instanceof Node.Test test) {
            return test(test.operator(), text(test.word()));
        } else if (node instanceof Node.In in) {
            String wanted = text(in.word());
            return in.list().stream().anyMatch(word -> text(word).equals(wanted));
        }
        journey.doubt("its expression asks for what is not known here", line);
        return false;
    }

    private boolean matches(Node.Matches node) {
        if (node.pattern().isEmpty()) {
            journey.doubt("its regular expression is not understood", line);
            return false;
        }
        Pcre.Result result = node.pattern().get().match(text(node.word()));
        if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), line);
            return false;
        }
        if (result instanceof Pcre.Result.Match found) {
            match = Optional.of(found);
            return !node.negated();
        }
        return node.negated();
    }

    private boolean compare(String operator, String left, String right) {
        return switch (operator) {
            case "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "<" -> left.compareTo(right) < 0;
            case "<=" -> left.compareTo(right) <= 0;
            case ">" -> left.compareTo(right) > 0;
            case ">=" -> left.compareTo(right) >= 0;
            case "eq" -> number(left) == number(right);
            case "ne" -> number(left) != number(right);
            case "lt" -> number(left) < number(right);
            case "le" -> number(left) <= number(right);
            case "gt" -> number(left) > number(right);
            case "ge" -> number(left) >= number(right);
            case "strmatch" -> Fnmatch.matches(right, left, Fnmatch.Slashes.ORDINARY);
            case "strcmatch" ->
                Fnmatch.matches(
                        right.toLowerCase(Locale.ROOT), left.toLowerCase(Locale.ROOT), Fnmatch.Slashes.ORDINARY);
            case "fnmatch" -> Fnmatch.matches(right, left);
            default -> inNetwork(left, right);
        };
    }

    private boolean inNetwork(String address, String network) {
        Optional<Address> parsed = Address.parse(address);
        Optional<Subnet> subnet = Subnet.parse(network);
        return parsed.isPresent() && subnet.isPresent() && subnet.get().contains(parsed.get());
    }

    /** {@code apr_atoi64()}: what stands there as a number, whatever follows. */
    static long number(String text) {
        String trimmed = text.strip();
        int from = trimmed.startsWith("+") ? 1 : 0;
        int end = trimmed.startsWith("-") ? 1 : from;
        while (end < trimmed.length() && end < 18 && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
            end++;
        }
        String digits = trimmed.substring(from, end);
        return digits.isEmpty() || digits.equals("-") ? 0 : Long.parseLong(digits);
    }

    private boolean test(char operator, String text) {
        switch (operator) {
            case 'n' -> {
                return !text.isEmpty();
            }
            case 'z' -> {
                return text.isEmpty();
            }
            case 'T' -> {
                String lower = text.toLowerCase(Locale.ROOT);
                return !List.of("", "0", "off", "false", "no").contains(lower);
            }
            case 'R' -> {
                return inNetwork(journey.visitor().toString(), text);
            }
            case 'd', 'e', 'f', 's', 'L', 'h', 'x' -> {
                return file(operator, text);
            }
            case 'F' -> {
                return isServed(hop.journey(), text);
            }
            case 'U', 'A' -> {
                Hop sub = hop.sub(text);
                int status = journey.mayGoOn(sub) ? new Phases(sub).run() : 500;
                return status == Hop.OK || (status > 0 && status < 400);
            }
            default -> {
                journey.doubt("its expression has a test that is not known here", line);
                return false;
            }
        }
    }

    /** {@code ap_sub_req_lookup_file()}: whether a path of the disk would be served; one of nothing is not. */
    static boolean isServed(Journey journey, String path) {
        boolean there = path.startsWith("/") && journey.stat(path).isThere();
        if (there) {
            journey.doubt("it asks whether " + ByteText.visible(path) + " would be served");
        }
        return there;
    }

    private boolean file(char operator, String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        Tree.Found found = operator == 'L' || operator == 'h' ? journey.lstat(path) : journey.stat(path);
        return switch (operator) {
            case 'd' -> found.is(FileType.DIRECTORY);
            case 'f' -> found.is(FileType.REGULAR);
            case 's' -> found instanceof Tree.Found.There there && there.type() == FileType.REGULAR && there.size() > 0;
            case 'x' -> found instanceof Tree.Found.There there && (there.mode() & 0111) != 0;
            case 'L', 'h' -> found.is(FileType.SYMLINK);
            default -> found.isThere();
        };
    }

    private String text(Word word) {
        if (word instanceof Word.Literal literal) {
            return literal.text();
        } else if (word instanceof Word.Variable variable) {
            return variables.get(variable.name(), line);
        } else if (word instanceof Word.BackReference reference) {
            return match.map(m -> m.group(reference.group())).orElse("");
        } else if (word instanceof Word.Call call) {
            return call(call.function(), text(call.argument()));
        }
        StringBuilder joined = new StringBuilder();
        ((Word.Join) word).parts().forEach(part -> joined.append(text(part)));
        return joined.toString();
    }

    private String call(String function, String argument) {
        switch (function) {
            case "req", "http", "req_novary" -> {
                return variables.header(argument);
            }
            case "env", "reqenv" -> {
                return function.equals("env")
                        ? variables.env(argument).orElse("")
                        : hop.env().getOrDefault(argument, "");
            }
            case "osenv" -> {
                return journey.configuration().definitions().environment().getOrDefault(argument, "");
            }
            case "tolower" -> {
                return argument.toLowerCase(Locale.ROOT);
            }
            case "toupper" -> {
                return argument.toUpperCase(Locale.ROOT);
            }
            case "escape" -> {
                return UriPath.escape(argument);
            }
            case "unescape" -> {
                return UriPath.unescape(argument, UriPath.Slashes.KEEP).orElse("");
            }
            case "base64" -> {
                return Base64.encodeBase64String(argument.getBytes(StandardCharsets.ISO_8859_1));
            }
            case "unbase64" -> {
                return decoded(argument);
            }
            case "md5" -> {
                return DigestUtils.md5Hex(argument.getBytes(StandardCharsets.ISO_8859_1));
            }
            case "sha1" -> {
                return DigestUtils.sha1Hex(argument.getBytes(StandardCharsets.ISO_8859_1));
            }
            case "filesize" -> {
                if (line.isTenants()) {
                    journey.doubt("releases differ in whether a tenant may call the function", line);
                }
                return journey.stat(argument) instanceof Tree.Found.There there ? String.valueOf(there.size()) : "";
            }
            default -> {
                journey.doubt("its expression calls a function that is not known here", line);
                return "";
            }
        }
    }

    /** {@code apr_base64_decode()}: what stands before the first character that is none of its own, and ends at a zero. */
    private static String decoded(String text) {
        String own = text.replaceFirst("(?s)[^A-Za-z0-9+/].*", "");
        String decoded = ByteText.of(Base64.decodeBase64(own));
        return decoded.replaceFirst("(?s)\\x00.*", "");
    }
}
