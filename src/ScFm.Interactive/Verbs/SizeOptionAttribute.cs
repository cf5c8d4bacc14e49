using ScFm.Model.Models.ScFoundation;

namespace ScFm.Interactive.Verbs;

/// <summary>Describes a parameter that names the size of a scFoundation.</summary>
public sealed class SizeOptionAttribute : OptionAttribute
{
    /// <summary>Describes the parameter; the sizes that there are go without saying.</summary>
    /// <param name="help">What it is.</param>
    public SizeOptionAttribute(string help) : base(help) => Allowed = [.. Presets.Names];
}
