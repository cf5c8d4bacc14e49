using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace ScFm.Interactive.Verbs;

/// <summary>A parameter of a verb as an option of the command line: <c>minGenes</c> is <c>--min-genes</c>.</summary>
internal sealed class VerbParameter
{
    private readonly ParameterInfo parameter;

    public VerbParameter(ParameterInfo parameter)
    {
        this.parameter = parameter;
        var about = parameter.GetCustomAttribute<OptionAttribute>() ?? throw new InvalidOperationException($"The parameter {parameter.Name} of {parameter.Member.Name} has no description.");
        var text = about.Help;
        if (parameter.HasDefaultValue && parameter.DefaultValue is { } value && !IsFlag)
        {
            text += $" (default: {Convert.ToString(value, CultureInfo.InvariantCulture)})";
        }
        var name = about.Positional ? Kebab(Name) : "--" + Kebab(Name);
        StaysInFile = about.StaysInFile;
        Description = new OptionDescription(name, text, Type, !parameter.HasDefaultValue && (Type.IsValueType || Type == typeof(string)), about.Positional, about.Allowed);
        Symbol = about.Positional ? MakeArgument() : MakeOption();
    }

    /// <summary>What it is, for the parser here and those of other hosts.</summary>
    public OptionDescription Description { get; }

    /// <summary>The option or argument to add to a command.</summary>
    public Symbol Symbol { get; }

    /// <summary>The name in code.</summary>
    public string Name => parameter.Name!;

    /// <summary>The type in code.</summary>
    public Type Type => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    /// <summary>True for what a notebook holds in a variable and a command line in a file: cells and models.</summary>
    public bool IsObject => Description.NamesVariable;

    /// <summary>True where cells of a file are to stay in it until the verb asks for them.</summary>
    public bool StaysInFile { get; }

    private bool IsFlag => Type == typeof(bool);

    /// <summary>The value for the method.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="find">Gives the cells or the model of a name; null for the one that is used where none is named; not asked for an optional one that is not named.</param>
    public object? Value(ParseResult parsed, Func<VerbParameter, string?, object> find)
    {
        if (IsFlag)
        {
            return parsed.GetValue((Option<bool>)Symbol);
        }
        var text = Text(parsed);
        if (IsObject)
        {
            return text is null && parameter.HasDefaultValue ? null : find(this, text);
        }
        return text is null ? parameter.DefaultValue : Parse(text);
    }

    /// <summary>The parameter as it is typed, for another process: nothing where the line has nothing of it.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="file">The file that stands for cells or a model; null where there is none.</param>
    public IEnumerable<string> Words(ParseResult parsed, Func<VerbParameter, string?> file)
    {
        if (IsFlag)
        {
            return parsed.GetValue((Option<bool>)Symbol) ? [Symbol.Name] : [];
        }
        var text = IsObject ? file(this) : Text(parsed);
        return text is null ? [] : Symbol is Argument ? [text] : [Symbol.Name, text];
    }

    /// <summary>What the line says; null where it says nothing.</summary>
    public string? Text(ParseResult parsed) => Symbol is Option<string> option ? parsed.GetValue(option) : parsed.GetValue((Argument<string>)Symbol);

    private object Parse(string text)
    {
        if (Description.Allowed.Count > 0 && !Description.Allowed.Contains(text))
        {
            throw new VerbException($"{Symbol.Name} is '{text}'; expected one of {string.Join(", ", Description.Allowed)}.");
        }
        if (Type == typeof(string))
        {
            return text;
        }
        if (Type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }
        if (Type == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }
        throw new VerbException($"{Symbol.Name} is '{text}'; expected {(Type == typeof(int) ? "a whole number" : "a number")}.");
    }

    private Argument<string> MakeArgument()
    {
        var argument = new Argument<string>(Description.Name) { Description = Description.Help };
        argument.CompletionSources.Add([.. Description.Allowed]);
        return argument;
    }

    private Symbol MakeOption()
    {
        if (IsFlag)
        {
            return new Option<bool>(Description.Name) { Description = Description.Help };
        }
        var option = new Option<string>(Description.Name) { Description = Description.Help, Required = Description.Required, HelpName = Hint };
        option.CompletionSources.Add([.. Description.Allowed]);
        return option;
    }

    private string Hint => Type == typeof(int) || Type == typeof(double) ? "number"
        : IsObject ? "variable or file"
        : Description.Allowed.Count > 0 ? string.Join('|', Description.Allowed)
        : "text";

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
            {
                kebab.Append('-');
            }
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
