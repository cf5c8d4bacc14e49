namespace ScFm.Kernel.Scripting;

/// <summary>Markup that a front end shows as it is, unescaped.</summary>
public sealed class HtmlFragment(string markup)
{
    /// <summary>The markup.</summary>
    public string ToHtml() => markup;

    /// <inheritdoc/>
    public override string ToString() => markup;
}
