package docrootaudit.server.apache;

import java.util.List;
import java.util.Optional;

/**
 * A file that could be sent for a name, and how well it suits the visitor ({@code var_rec} and what sets its qualities in
 * mod_negotiation.c).
 */
final class Variant {
    private static final String HTML = "text/html";
    private static final String LATIN = "iso-8859-1";

    /** What a program is taken for. */
    private static final String PROGRAM = "application/x-httpd-cgi";

    /** Something that does not suit, but better than nothing. */
    private static final double HARDLY = 0.0001;

    final Hop file;
    private final String type;
    private final double level;
    private final String charset;
    private final Optional<String> encoding;
    private final List<String> languages;

    private double typeQuality;
    private double languageQuality = 1;
    private double charsetQuality = 1;
    private double encodingQuality = 1;
    private int languageIndex = -1;
    private double levelMatched;

    Variant(Hop file) {
        this.file = file;
        String whole = file.type().orElse(PROGRAM);
        this.type = whole.replaceFirst("[;\\s].*", "");
        this.level = type.equals(HTML) ? 2 : 0;
        this.charset = file.meanings(MimeMap.Kind.CHARSET).stream().findFirst().orElse("");
        this.encoding = file.meanings(MimeMap.Kind.ENCODING).stream().findFirst();
        List<String> named = file.meanings(MimeMap.Kind.LANGUAGE);
        this.languages = named.isEmpty()
                ? file.config().find("defaultlanguage").map(Directive::words).orElse(List.of())
                : named;
    }

    boolean hasLanguage() {
        return !languages.isEmpty();
    }

    boolean hasLanguage(String name) {
        return languages.contains(name);
    }

    boolean isEncoded() {
        return encoding.isPresent();
    }

    boolean isHtml() {
        return type.startsWith(HTML);
    }

    /** {@code set_accept_quality()}: the narrowest entry counts; browsers who say no qualities mean little by stars. */
    void suitType(List<Accepted> accepted, boolean sayQualities) {
        int stars = 0;
        for (Accepted one : accepted) {
            int now = stars(one);
            if (now <= stars) {
                continue;
            }
            stars = now;
            typeQuality = sayQualities || stars == 3 ? one.quality() : stars == 1 ? 0.01 : 0.02;
        }
    }

    private int stars(Accepted one) {
        String name = one.name();
        if (name.equals("*") || name.equals("*/*")) {
            return 1;
        } else if (name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1))) {
            return 2;
        } else if (name.equals(type) && one.level() >= level) {
            levelMatched = level;
            return 3;
        }
        return 0;
    }

    /** {@code set_language_quality()}. */
    void suitLanguage(Optional<List<Accepted>> accepted, double standard) {
        if (languages.isEmpty()) {
            languageQuality = standard;
        } else if (accepted.isPresent()) {
            languageQuality = language(accepted.get());
        }
    }

    void preferLanguage() {
        languageQuality = 1;
    }

    private double language(List<Accepted> accepted) {
        Optional<Accepted> star =
                accepted.stream().filter(a -> a.name().equals("*")).findFirst();
        Optional<Accepted> best = Optional.empty();
        boolean onlyStar = false;
        double kin = 0;
        for (String own : languages) {
            Optional<Accepted> longest = Optional.empty();
            for (Accepted one : accepted) {
                String name = one.name();
                boolean fits = own.equals(name) || own.startsWith(name + "-");
                if (fits && name.length() > longest.map(l -> l.name().length()).orElse(0)) {
                    longest = Optional.of(one);
                }
                int dash = name.indexOf('-');
                if (longest.isEmpty() && dash >= 0 && own.startsWith(name.substring(0, dash))) {
                    kin = 0.001;
                }
            }
            boolean better = best.isEmpty()
                    || longest.map(Accepted::quality).orElse(-1.0) > best.get().quality();
            best = better ? longest : best;
            onlyStar |= longest.isEmpty() && star.isPresent();
        }
        if (onlyStar
                && (best.isEmpty() || star.orElseThrow().quality() > best.get().quality())) {
            best = star;
        }
        return best.map(Accepted::quality).orElse(kin);
    }

    /** {@code LanguagePriority}, as far as {@code ForceLanguagePriority} lets it decide. */
    void order(List<String> priority, boolean prefer, boolean fallback) {
        int best = -1;
        for (int i = priority.size() - 1; i >= 0; i--) {
            String name = priority.get(i);
            if (languages.stream().anyMatch(l -> l.regionMatches(true, 0, name, 0, name.length()))) {
                best = i;
            }
        }
        if (best >= 0 && languageQuality > 0 && prefer) {
            languageIndex = best;
        } else if (best >= 0 && languageQuality == 0 && fallback) {
            languageIndex = best;
            languageQuality = HARDLY;
        }
    }

    /** {@code set_encoding_quality()}. */
    void suitEncoding(Optional<List<Accepted>> accepted) {
        if (accepted.isEmpty()) {
            encodingQuality = encoding.isEmpty() ? 1 : 0.5;
            return;
        }
        String name = encoding.orElse("identity").replaceFirst("^x-", "");
        encodingQuality = quality(accepted.get(), name).orElse(encoding.isEmpty() ? HARDLY : 0);
    }

    /** {@code set_charset_quality()}. */
    void suitCharset(Optional<List<Accepted>> accepted) {
        if (accepted.isEmpty() || (charset.isEmpty() && !type.startsWith("text/"))) {
            return;
        }
        String name = charset.isEmpty() ? LATIN : charset;
        charsetQuality = quality(accepted.get(), name).orElse(name.equals(LATIN) ? 1.0 : 0);
    }

    private static Optional<Double> quality(List<Accepted> accepted, String name) {
        return accepted.stream()
                .filter(a -> a.name().replaceFirst("^x-", "").equals(name))
                .findFirst()
                .or(() -> accepted.stream().filter(a -> a.name().equals("*")).reduce((first, last) -> last))
                .map(Accepted::quality);
    }

    boolean isAcceptable() {
        return typeQuality > 0 && languageQuality > 0 && charsetQuality > 0 && encodingQuality > 0;
    }

    /** {@code is_variant_better()}: what is told apart first decides. */
    boolean isBetterThan(Variant best) {
        int[] differences = {
            Double.compare(typeQuality, best.typeQuality),
            Double.compare(languageQuality, best.languageQuality),
            Integer.compare(order(best.languageIndex), order(languageIndex)),
            level(best),
            Double.compare(charsetQuality, best.charsetQuality),
            isLatin() || !best.isLatin() ? 0 : 1,
            Double.compare(encodingQuality, best.encodingQuality),
            Long.compare(best.size(), size())
        };
        for (int difference : differences) {
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private static int order(int index) {
        return index < 0 ? Integer.MAX_VALUE : index;
    }

    /** {@code level_cmp()}. */
    private int level(Variant best) {
        if (!type.equals(best.type)) {
            return 0;
        }
        int matched = Double.compare(levelMatched, best.levelMatched);
        return matched != 0 ? matched : Double.compare(best.level, level);
    }

    private boolean isLatin() {
        return charset.isEmpty() || charset.equals(LATIN);
    }

    private long size() {
        return file.found().map(f -> f.size()).orElse(0L);
    }
}
