using System.CommandLine;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace ScFm.Interactive.Verbs;

/// <summary>One verb as a command: made from the method that defines it.</summary>
internal sealed class VerbCommand
{
    private readonly MethodInfo method;
    private readonly VerbAttribute about;
    private readonly VerbParameter[] parameters;
    private readonly Option<string>? into;

    private VerbCommand(MethodInfo method, VerbAttribute about)
    {
        (this.method, this.about) = (method, about);
        parameters = [.. method.GetParameters().Select(p => new VerbParameter(p))];
        Command = new Command(about.Name.Split(' ')[^1], about.Help);
        foreach (var symbol in parameters.Select(p => p.Symbol))
        {
            Add(symbol);
        }
        if (about.Into is not null)
        {
            into = new Option<string>("--into") { Description = $"variable (in a notebook) or file (on a command line) for the result (default: {about.Into})", HelpName = "name" };
            Command.Add(into);
        }
    }

    /// <summary>Every verb, in the order of the story: load, pretrain, ...</summary>
    public static IReadOnlyList<VerbCommand> All { get; } = Nested(
    [
        .. typeof(Verbs).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (method, about: method.GetCustomAttribute<VerbAttribute>()))
            .Where(verb => verb.about is not null)
            .OrderBy(verb => verb.method.MetadataToken)
            .Select(verb => new VerbCommand(verb.method, verb.about!)),
    ]);

    /// <summary>The parser's command, named by the last word of the verb.</summary>
    public Command Command { get; }

    /// <summary>The verb, as it is typed.</summary>
    public string Name => about.Name;

    /// <summary>The word before the verb's last one, which it shares with others (corpus build, corpus info); null where the verb is one word.</summary>
    public string? Family => about.Name.Split(' ') is [var family, _] ? family : null;

    /// <summary>The same for hosts with a parser of their own.</summary>
    public VerbDescription Description => new(about.Name, about.Help, ResultType,
    [
        .. parameters.Select(p => p.Description),
        .. into is null ? Array.Empty<OptionDescription>() : [new OptionDescription(into.Name, into.Description!, typeof(string), Required: false, Positional: false, [])],
    ]);

    /// <summary>The variable that the result goes to where none is named; null where there is no result.</summary>
    public string? DefaultInto => about.Into;

    /// <summary>The type of the result.</summary>
    public Type ResultType => method.ReturnType;

    /// <summary>The name after --into, or null.</summary>
    public string? Into(ParseResult parsed) => into is null ? null : parsed.GetValue(into);

    /// <summary>Carries the verb out.</summary>
    public object? Run(ParseResult parsed, Func<VerbParameter, string?, object> find)
    {
        var values = parameters.Select(p => p.Value(parsed, find)).ToArray();
        try
        {
            return method.Invoke(null, values);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>Puts verbs of two words under the verb of their first one, where there is such a verb: annotate train under annotate.</summary>
    private static VerbCommand[] Nested(VerbCommand[] verbs)
    {
        foreach (var verb in verbs)
        {
            if (Array.Find(verbs, other => other.Name == verb.Family) is { Command: var first })
            {
                first.Add(verb.Command);
                first.Description += " " + verb.Command.Description;
                first.SetAction(_ => 0); // without one the parser asks for a command of the next word
            }
        }
        return verbs;
    }

    private void Add(Symbol symbol)
    {
        if (symbol is Option option)
        {
            Command.Add(option);
        }
        else
        {
            Command.Add((Argument)symbol);
        }
    }
}
