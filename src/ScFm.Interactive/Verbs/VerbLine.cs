using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace ScFm.Interactive.Verbs;

/// <summary>Parses a line that begins with a verb.</summary>
internal static class VerbLine
{
    /// <summary>The verb and its parsed line; null where help was all that was asked.</summary>
    /// <exception cref="VerbException">The line is wrong; the message says how in one sentence.</exception>
    public static (VerbCommand Verb, ParseResult Parsed)? Parse(string[] words)
    {
        if (words is [] or ["help", ..])
        {
            words = [.. words.Skip(1), "--help"];
        }
        var parsed = Root().Parse(words);
        var verb = VerbCommand.All.FirstOrDefault(v => v.Command == parsed.CommandResult.Command);
        if (verb is null && !words[0].StartsWith('-') && !IsFamily(words[0]))
        {
            throw NoVerb(words[0]);
        }
        if (words.Any(word => word is "--help" or "-h" or "-?" or "--version"))
        {
            parsed.Invoke(new InvocationConfiguration { Output = Console.Out, Error = Console.Error });
            return null;
        }
        if (verb is null)
        {
            throw NoVerb(string.Join(' ', words.Take(IsFamily(words[0]) ? 2 : 1)));
        }
        if (parsed.Errors.Count > 0)
        {
            throw new VerbException(Mistake(verb, parsed));
        }
        return (verb, parsed);
    }

    private static bool IsFamily(string word) => VerbCommand.All.Any(verb => verb.Family == word);

    private static VerbException NoVerb(string words)
    {
        var family = words.Split(' ')[0];
        var expected = IsFamily(family) ? VerbCommand.All.Where(verb => verb.Family == family) : VerbCommand.All;
        return new($"'{words}' is no verb; expected one of {string.Join(", ", expected.Select(verb => verb.Name))} or help.");
    }

    /// <summary>The first mistake of a line, in one sentence.</summary>
    private static string Mistake(VerbCommand verb, ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var options = verb.Command.Options.Where(option => option is not HelpOption).Select(option => option.Name);
            return $"{verb.Name} has no option '{unknown}'; expected one of {string.Join(", ", options)}.";
        }
        if (verb.Command.Arguments.FirstOrDefault(argument => parsed.GetResult(argument) is null or { Tokens.Count: 0 }) is { } argument)
        {
            return $"{verb.Name} has no {argument.Name}; expected {argument.Description}.";
        }
        foreach (var option in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            switch (option.Tokens.Count)
            {
                case 0 when option.Option is not Option<bool>:
                    return $"{option.Option.Name} has no value; expected {option.Option.Description}.";
                case > 1:
                    return $"{option.Option.Name} is given {option.Tokens.Count} times; expected once.";
            }
        }
        return $"{verb.Name}: {parsed.Errors[0].Message}";
    }

    /// <summary>The words that may stand where the line ends.</summary>
    public static IEnumerable<string> Complete(string line) =>
        Root().Parse(line).GetCompletions(line.Length).Select(completion => completion.Label);

    private static Command Root()
    {
        // Not a RootCommand: that takes its name from the running program, which in a notebook is the kernel.
        var root = new Command("scfm", "Single-cell foundation models: load, pretrain, enhance, embed and cluster cells.") { new HelpOption(), new VersionOption() };
        foreach (var verb in VerbCommand.All.Where(verb => verb.Family is null))
        {
            root.Add(verb.Command);
        }
        // A family whose first word is a verb itself lies under that verb.
        foreach (var family in VerbCommand.All.Where(verb => verb.Family is not null).GroupBy(verb => verb.Family!).Where(family => VerbCommand.All.All(verb => verb.Name != family.Key)))
        {
            var shared = new Command(family.Key, string.Join(" ", family.Select(verb => verb.Command.Description)));
            foreach (var verb in family)
            {
                shared.Add(verb.Command);
            }
            root.Add(shared);
        }
        return root;
    }
}
