using System.Collections.Frozen;

namespace ScFm.Model.Screens;

/// <summary>Reads what was perturbed from the labels that screens use.</summary>
/// <remarks>
/// Control: "ctrl", "control", "non-targeting", "NT", "negative control", "safe-targeting", "scramble", "unperturbed", "untreated", "unstimulated", "vehicle (DMSO)",
/// "mock" and the like, whatever their case, hyphens, spaces and, unless a gene is called so, digits at the end ("NegCtrl0"; "NT1" but not "NT-3", which is neurotrophin 3). Several targets are joined by + ; | or &amp;, by a comma where every
/// name begins with a letter, or by an underscore where every name is a gene, a control or a label of its own; a control among them ("A+ctrl", "ctrl+A") adds nothing.
/// </remarks>
/// <param name="genes">The genes of the screen.</param>
/// <param name="labels">All labels of the screen.</param>
/// <param name="controls">Further labels of control cells. Default: none.</param>
public sealed class ConditionNames(IEnumerable<string> genes, IEnumerable<string> labels, IEnumerable<string>? controls = null)
{
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private static readonly FrozenSet<string> words =
    [
        "ctrl", "control", "controls", "ctl", "nt", "ntc", "nontargeting", "nontarget", "nontargetingcontrol", "neg", "negctrl", "negcontrol", "negativecontrol", "safetargeting",
        "scramble", "scrambled", "unperturbed", "untreated", "unstimulated", "unstim", "vehicle", "vehicledmso", "dmso", "pbs", "mock",
    ];

    private const int ShortWord = 2; // letters that with a hyphen and a digit are the name of something else

    private static readonly char[] joints = ['+', ';', '|', '&'];

    private readonly HashSet<string> genes = [.. genes];
    private readonly HashSet<string> labels = [.. labels];
    private readonly HashSet<string> controls = [.. controls ?? []];

    /// <summary>Some of the labels that are recognised, for errors.</summary>
    internal const string Examples = "ctrl, control, non-targeting, NT, unperturbed, untreated, vehicle or DMSO";

    /// <summary>What a label says.</summary>
    /// <param name="label">The label, such as "CEBPE+ctrl".</param>
    /// <exception cref="ArgumentException">The label is empty.</exception>
    public Condition Of(string label)
    {
        string[] parts = [.. Parts(label.Trim())];
        return parts.Length > 0
            ? new Condition(parts.Where(part => !IsControl(part)).Distinct(StringComparer.Ordinal))
            : throw new ArgumentException($"The label '{label}' names nothing; expected a perturbation or a control.", nameof(label));
    }

    private IEnumerable<string> Parts(string label)
    {
        if (IsControl(label) || genes.Contains(label))
        {
            return [label];
        }
        var parts = label.Split(joints, Trimmed);
        if (parts.Length == 1 && label.Split(',', Trimmed) is { Length: > 1 } listed && listed.All(part => char.IsAsciiLetter(part[0])))
        {
            return listed;
        }
        return parts.Length == 1 && label.Split('_', Trimmed) is { Length: > 1 } names && names.All(IsKnown) ? names : parts;
    }

    private bool IsKnown(string name) => genes.Contains(name) || labels.Contains(name) || IsControl(name);

    private bool IsControl(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        var isShort = letters.Length <= ShortWord && name.Any(char.IsAsciiDigit) && name.Contains('-', StringComparison.Ordinal);
        return controls.Contains(name) || (words.Contains(letters) && !isShort && (!genes.Contains(name) || letters.Length == name.Length));
    }
}
