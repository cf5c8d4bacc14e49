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
        Symbol = about.Positional ? MakeArgument(text, about.Allowed) : MakeOption(text, about.Allowed);
    }

    /// <summary>The option or argument to add to a command.</summary>
    public Symbol Symbol { get; }

    /// <summary>The name in code.</summary>
    public string Name => parameter.Name!;

    /// <summary>The type in code.</summary>
    public Type Type => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    /// <summary>True for what a notebook holds in a variable and a command line in a file: cells and models.</summary>
    public bool IsObject => !Type.IsValueType && Type != typeof(string);

    private bool IsFlag => Type == typeof(bool);

    /// <summary>The value for the method.</summary>
    /// <param name="parsed">The parsed line.</param>
    /// <param name="find">Gives the cells or the model of a name; null for the one that is used where none is named.</param>
    public object? Value(ParseResult parsed, Func<VerbParameter, string?, object> find)
    {
        if (IsFlag)
        {
            return parsed.GetValue((Option<bool>)Symbol);
        }
        var text = Symbol is Option<string> option ? parsed.GetValue(option) : parsed.GetValue((Argument<string>)Symbol);
        if (IsObject)
        {
            return find(this, text);
        }
        return text is null ? parameter.DefaultValue : Parse(text);
    }

    private object Parse(string text)
    {
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

    private Argument<string> MakeArgument(string help, string[] allowed)
    {
        var argument = new Argument<string>(Kebab(Name)) { Description = help };
        return allowed.Length > 0 ? argument.AcceptOnlyFromAmong(allowed) : argument;
    }

    private Symbol MakeOption(string help, string[] allowed)
    {
        var name = "--" + Kebab(Name);
        if (IsFlag)
        {
            return new Option<bool>(name) { Description = help };
        }
        var option = new Option<string>(name) { Description = help, Required = !parameter.HasDefaultValue && !IsObject, HelpName = Hint };
        return allowed.Length > 0 ? option.AcceptOnlyFromAmong(allowed) : option;
    }

    private string Hint => Type == typeof(int) ? "number" : Type == typeof(double) ? "number" : IsObject ? "variable or file" : "text";

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
