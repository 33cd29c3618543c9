package docrootaudit.server.apache;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Methods that a directive is limited to.
 *
 * @param names the methods, GET standing for HEAD too
 * @param kind whether these or all but these
 */
record MethodSet(Set<String> names, Kind kind) {
    /** How the names are meant. */
    enum Kind {
        THESE,
        ALL_BUT
    }

    static final MethodSet ALL = new MethodSet(Set.of(), Kind.ALL_BUT);

    /** The methods that httpd knows by number (include/httpd.h). */
    static final Set<String> KNOWN = Set.of(
            "GET",
            "HEAD",
            "PUT",
            "POST",
            "DELETE",
            "CONNECT",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "VERSION-CONTROL",
            "CHECKOUT",
            "UNCHECKOUT",
            "CHECKIN",
            "UPDATE",
            "LABEL",
            "REPORT",
            "MKWORKSPACE",
            "MKACTIVITY",
            "BASELINE-CONTROL",
            "MERGE");

    /** As a {@code <Limit>} or {@code <LimitExcept>} names them. */
    static MethodSet of(List<String> words, Kind kind) {
        Set<String> names = new HashSet<>();
        words.forEach(word -> names.add(word.equals("HEAD") ? "GET" : word));
        return new MethodSet(names, kind);
    }

    boolean contains(String method) {
        return names.contains(method.equals("HEAD") ? "GET" : method) == (kind == Kind.THESE);
    }

    /** What both hold. */
    MethodSet and(MethodSet other) {
        if (equals(ALL)) {
            return other;
        } else if (other.equals(ALL)) {
            return this;
        }
        Set<String> result = new HashSet<>();
        if (kind == Kind.THESE) {
            names.stream().filter(other::contains).forEach(result::add);
            return new MethodSet(result, Kind.THESE);
        } else if (other.kind == Kind.THESE) {
            return other.and(this);
        }
        result.addAll(names);
        result.addAll(other.names);
        return new MethodSet(result, Kind.ALL_BUT);
    }

    /** What one of them holds. */
    MethodSet or(MethodSet other) {
        if (kind == Kind.THESE && other.kind == Kind.THESE) {
            Set<String> both = new HashSet<>(names);
            both.addAll(other.names);
            return new MethodSet(both, Kind.THESE);
        } else if (kind == Kind.THESE) {
            return other.or(this);
        }
        Set<String> excluded = new HashSet<>(names);
        excluded.removeIf(other::contains);
        return new MethodSet(excluded, Kind.ALL_BUT);
    }

    @Override
    public String toString() {
        return (kind == Kind.THESE ? "" : "all but ") + String.join(", ", names).toUpperCase(Locale.ROOT);
    }
}
