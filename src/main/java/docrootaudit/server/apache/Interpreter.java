package docrootaudit.server.apache;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns directives of a section, a .htaccess or a whole server into what they say of files ({@code ap_walk_config()}). */
final class Interpreter {
    /** What may not be said: nothing is checked in the server's own configuration, which it has accepted. */
    private final Optional<AllowOverride> allowed;

    private final Modules modules;
    private final Optional<String> path;
    private final DirConfig into = new DirConfig();
    private Requirement.Builder group = new Requirement.Builder(Requirement.Operator.OR, false);
    private Optional<Authorization.Merging> merging = Optional.empty();
    private Set<OverrideClass> insideAuthorization = Set.of();

    private Interpreter(Modules modules, Optional<String> path, Optional<AllowOverride> allowed) {
        this.modules = modules;
        this.path = path;
        this.allowed = allowed;
    }

    /** A section of the server's configuration. */
    static DirConfig section(Modules modules, String path, List<Directive> body) throws BadDirectiveException {
        return new Interpreter(modules, Optional.of(path), Optional.empty()).all(body);
    }

    /** A whole server: what stands outside of its sections. */
    static DirConfig server(Modules modules, List<Directive> body) throws BadDirectiveException {
        return new Interpreter(modules, Optional.empty(), Optional.empty()).all(body);
    }

    /** A .htaccess of a directory, whose path ends with a slash. */
    static DirConfig htaccess(Modules modules, String directory, AllowOverride allowed, List<Directive> body)
            throws BadDirectiveException {
        return new Interpreter(modules, Optional.of(directory), Optional.of(allowed)).all(body);
    }

    private DirConfig all(List<Directive> body) throws BadDirectiveException {
        walk(body, MethodSet.ALL);
        if (!group.isEmpty() || merging.isPresent()) {
            into.authorization(
                    new Authorization(group.isEmpty() ? Optional.empty() : Optional.of(group.build()), merging));
        }
        return into;
    }

    private void walk(List<Directive> body, MethodSet limited) throws BadDirectiveException {
        for (Directive line : body) {
            if (isAccepted(line)) {
                take(line, limited);
            }
        }
    }

    /** Whether a line counts at all; a tenant's may be refused or forgiven ({@code invoke_cmd()}). */
    private boolean isAccepted(Directive line) throws BadDirectiveException {
        if (allowed.isEmpty()) {
            return true;
        }
        Optional<DirectiveTable.Known> known =
                DirectiveTable.find(line.key()).filter(k -> modules.provides(k.module()));
        if (known.isEmpty()) {
            if (allowed.get().forgives().contains(AllowOverride.Nonfatal.UNKNOWN)) {
                return false;
            } else if (!modules.strangers().isEmpty()
                    && DirectiveTable.find(line.key()).isEmpty()) {
                into.strange().add(line);
                return false;
            }
            throw new BadDirectiveException(line, line.word() + " is no directive that the server knows");
        }
        boolean fits = allowed.get().allows(known.get())
                || known.get().where().stream().anyMatch(insideAuthorization::contains);
        if (!fits) {
            if (allowed.get().forgives().contains(AllowOverride.Nonfatal.OVERRIDE)) {
                touch(line);
                return false;
            }
            throw new BadDirectiveException(line, line.word() + " is not allowed here by AllowOverride");
        }
        Optional<String> problem =
                line.isSection() ? Optional.empty() : DirectiveTable.argumentProblem(known.get(), line);
        if (problem.isPresent()) {
            throw new BadDirectiveException(line, problem.get());
        }
        return true;
    }

    /**
     * A directive that is forgiven still makes its module look at the place ({@code ap_set_config_vectors()} comes before
     * the check): rewriting then belongs to that directory, and what {@code Order} said further out is forgotten.
     */
    private void touch(Directive line) {
        switch (line.key()) {
            case "order", "allow", "deny", "satisfy" -> into.compatToWrite();
            default -> {
                if (RewriteConfig.takes(line.key())) {
                    into.rewritingToWrite(path);
                }
            }
        }
    }

    private void take(Directive line, MethodSet limited) throws BadDirectiveException {
        if (line.isSection()) {
            section(line, limited);
        } else if (RewriteConfig.takes(line.key())) {
            into.rewritingToWrite(path).add(line);
        } else if (MimeMap.takes(line.key())) {
            into.mime().add(line);
        } else if (EnvRule.takes(line.key())) {
            into.envRules().add(EnvRule.of(line));
        } else if (Redirect.takes(line.key())) {
            Redirect redirect = Redirect.of(line, path.isPresent());
            if (redirect.isWhole()) {
                into.wholeRedirect(redirect);
            } else {
                into.redirects().add(redirect);
            }
        } else if (line.key().startsWith("sec")
                && DirectiveTable.find(line.key())
                        .map(k -> k.module().equals("mod_security2"))
                        .orElse(false)) {
            into.firewall().add(line);
        } else {
            simple(line, limited);
        }
    }

    private void simple(Directive line, MethodSet limited) throws BadDirectiveException {
        switch (line.key()) {
            case "options" -> {
                Optional<String> problem = into.options()
                        .add(line, allowed.map(AllowOverride::options).orElse(EnumSet.allOf(OptionSet.Option.class)));
                if (problem.isPresent()) {
                    throw new BadDirectiveException(line, problem.get());
                }
            }
            case "allowoverride" -> into.override(into.override().with(line.words()));
            case "allowoverridelist" -> into.override(into.override().withList(line.words()));
            case "require" -> group.add(require(line, limited));
            case "authmerging" -> merging = Optional.of(merging(line));
            case "order" -> into.compatToWrite().order(line, limited);
            case "allow", "deny" -> into.compatToWrite().rule(line, limited);
            case "satisfy" -> into.compatToWrite().satisfy(line, limited);
            case "directoryindex" -> into.index(line);
            case "errordocument" -> errorDocument(line);
            case "action", "script", "rewritemap" -> into.put(line.key() + " " + line.first(), line);
            case "setenv", "unsetenv", "passenv" -> into.env().add(line);
            case "alias", "scriptalias" -> {
                // in a <Location>; with two arguments it is the server's
                if (path.isPresent() && line.words().size() == 1) {
                    into.wholeAlias(Alias.inLocation(line, path.get()));
                }
            }
            case "requestheader" -> header(line);
            case "acceptpathinfo" -> {
                if (!Set.of("on", "off", "default").contains(line.first().toLowerCase(Locale.ROOT))) {
                    throw new BadDirectiveException(line, "AcceptPathInfo is On, Off or Default");
                }
                into.put(line);
            }
            case "allowmethods" -> {
                List<String> methods = line.words();
                boolean reset = methods.size() == 1 && methods.get(0).equalsIgnoreCase("reset");
                if (line.isTenants() && !reset && !MethodSet.KNOWN.containsAll(methods)) {
                    throw new BadDirectiveException(line, "AllowMethods names a method that is not known");
                }
                into.put(line);
            }
            default -> {
                Grammar.check(line);
                into.put(line);
                if (isStrange(line)) {
                    into.strange().add(line);
                }
            }
        }
    }

    /** Whether a directive could alter an answer in a way that is not followed here. */
    private boolean isStrange(Directive line) {
        switch (line.key()) {
            case "dav" -> {
                return !line.first().equalsIgnoreCase("off") && !Dav.isOfFiles(line);
            }
            case "checkspelling", "modmimeusepathinfo", "cacheenable" -> {
                return !line.first().equalsIgnoreCase("off");
            }
            case "sslverifyclient" -> {
                return line.first().equalsIgnoreCase("require");
            }
            case "sslrequire", "limitrequestbody" -> {
                return true;
            }
            default -> {
                Optional<DirectiveTable.Known> known = DirectiveTable.find(line.key());
                return known.isEmpty() || !(known.get().isHarmless() || ServerReader.understands(line.key()));
            }
        }
    }

    /** {@code RequestHeader ACTION NAME …}: of each header the last line counts. */
    private void header(Directive line) throws BadDirectiveException {
        Grammar.check(line);
        List<String> words = line.words();
        if (words.size() > 1) {
            String name = words.get(1).toLowerCase(Locale.ROOT);
            into.put("requestheader " + (name.endsWith(":") ? name.substring(0, name.length() - 1) : name), line);
        }
    }

    private void errorDocument(Directive line) throws BadDirectiveException {
        String status = line.first();
        if (!status.matches("\\d{3}")
                || !Content.isKnown(Integer.parseInt(status))
                || line.words().size() < 2) {
            throw new BadDirectiveException(line, "ErrorDocument names no status that the server knows, or no page");
        }
        into.errorDocument(Integer.parseInt(status), line);
    }

    private static Authorization.Merging merging(Directive line) throws BadDirectiveException {
        return switch (line.first().toLowerCase(Locale.ROOT)) {
            case "off" -> Authorization.Merging.OFF;
            case "and" -> Authorization.Merging.AND;
            case "or" -> Authorization.Merging.OR;
            default -> throw new BadDirectiveException(line, "AuthMerging is Off, And or Or");
        };
    }

    // sections within

    private void section(Directive line, MethodSet limited) throws BadDirectiveException {
        switch (line.key()) {
            case "<limit" -> walk(line.body(), limited.and(limits(line, MethodSet.Kind.THESE)));
            case "<limitexcept" -> walk(line.body(), limited.and(limits(line, MethodSet.Kind.ALL_BUT)));
            case "<requireall" -> container(line, Requirement.Operator.AND, false, limited);
            case "<requireany" -> container(line, Requirement.Operator.OR, false, limited);
            case "<requirenone" -> container(line, Requirement.Operator.OR, true, limited);
            case "<requirenotall" -> container(line, Requirement.Operator.AND, true, limited);
            case "<files", "<filesmatch" -> into.files().add(files(line));
            case "<if", "<elseif", "<else" -> into.branches().add(branch(line));
            default -> {
                if (path.isPresent() && DirectiveTable.find(line.key()).isEmpty()) {
                    into.strange().add(line);
                }
            }
        }
    }

    private static MethodSet limits(Directive line, MethodSet.Kind kind) throws BadDirectiveException {
        List<String> words = line.words();
        if (words.isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> names no method");
        }
        if (kind == MethodSet.Kind.THESE && words.contains("TRACE")) {
            throw new BadDirectiveException(line, "TRACE cannot be controlled by <Limit>");
        }
        if (line.isTenants() && !MethodSet.KNOWN.containsAll(words)) {
            throw new BadDirectiveException(line, line.word() + "> names a method that is not known");
        }
        return MethodSet.of(words, kind);
    }

    private void container(Directive line, Requirement.Operator operator, boolean negated, MethodSet limited)
            throws BadDirectiveException {
        if (!line.args().isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> takes no arguments");
        }
        Requirement.Builder around = group;
        Set<OverrideClass> before = insideAuthorization;
        group = new Requirement.Builder(operator, negated);
        insideAuthorization = EnumSet.of(OverrideClass.AUTHCONFIG);
        walk(line.body(), limited);
        insideAuthorization = before;
        Requirement.Builder inner = group;
        group = around;
        if (inner.isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> holds nothing");
        }
        if (negated && around.operator() == Requirement.Operator.OR) {
            throw new BadDirectiveException(line, line.word() + "> has no effect here");
        }
        around.add(inner.build());
    }

    private Requirement require(Directive line, MethodSet limited) throws BadDirectiveException {
        Words words = new Words(line.args());
        String provider = words.next();
        boolean negated = provider.equalsIgnoreCase("not");
        if (negated) {
            provider = words.next();
            if (group.operator() == Requirement.Operator.OR) {
                throw new BadDirectiveException(line, "a negative Require has no effect here");
            }
        }
        String arguments = words.rest();
        if (!Authorizer.isOffered(provider, modules) && allowed.isPresent()) {
            throw new BadDirectiveException(line, "Require names a provider that the server does not know");
        }
        boolean all = arguments.equalsIgnoreCase("granted") || arguments.equalsIgnoreCase("denied");
        if (provider.equals("all") && !all) {
            throw new BadDirectiveException(line, "Require all is followed by granted or denied");
        }
        if (provider.equals("ip") && !areNetworks(arguments)) {
            throw new BadDirectiveException(line, "Require ip is given what is no address");
        }
        if (provider.equals("method") && line.isTenants() && !MethodSet.KNOWN.containsAll(Words.of(arguments))) {
            throw new BadDirectiveException(line, "Require method names one that is not known");
        }
        // expr_parse_config(): the whole may stand in double quotes, in which nothing is escaped
        boolean quoted = arguments.length() > 1 && arguments.startsWith("\"") && arguments.endsWith("\"");
        String bare = quoted ? arguments.substring(1, arguments.length() - 1) : arguments;
        Optional<Expression> expression = provider.equals("expr")
                ? Optional.of(Expression.condition(line, bare).accepted())
                : Optional.empty();
        return new Requirement.Test(line, negated, provider, arguments, expression, limited);
    }

    /** Whether all are addresses or networks, which is checked when the line is read. */
    private static boolean areNetworks(String arguments) {
        List<String> words = Words.of(arguments);
        return !words.isEmpty() && words.stream().allMatch(w -> Subnet.parse(w).isPresent());
    }

    /** {@code <If "…">}: the whole in quotes or not in any. */
    private static String expressionOf(String arguments) {
        List<String> words = Words.of(arguments);
        boolean quoted = arguments.startsWith("\"") || arguments.startsWith("'");
        return quoted && words.size() == 1 ? words.get(0) : arguments;
    }

    private Section files(Directive line) throws BadDirectiveException {
        Words words = new Words(line.args());
        String name = words.next();
        boolean match = line.is("<filesmatch");
        if (name.equals("~")) {
            name = words.next();
            match = true;
        }
        if (line.args().isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> names no file");
        } else if (!words.next().isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> takes one name");
        }
        return new Section(
                line,
                name,
                match ? Optional.of(Regexes.compile(line, name)) : Optional.empty(),
                Optional.empty(),
                inner(name, line));
    }

    private Section branch(Directive line) throws BadDirectiveException {
        Optional<Expression> condition = Optional.empty();
        if (!line.is("<else")) {
            if (line.args().isEmpty()) {
                throw new BadDirectiveException(line, line.word() + "> has no condition");
            }
            condition = Optional.of(
                    Expression.condition(line, expressionOf(line.args())).accepted());
        }
        if (!line.is("<if") && into.branches().isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> does not follow an <If>");
        }
        Section.Branch branch = new Section.Branch(condition, !line.is("<if"));
        return new Section(line, "*If", Optional.empty(), Optional.of(branch), inner("*If", line));
    }

    private DirConfig inner(String innerPath, Directive line) throws BadDirectiveException {
        Interpreter interpreter = new Interpreter(modules, Optional.of(innerPath), allowed);
        return interpreter.all(line.body());
    }
}
