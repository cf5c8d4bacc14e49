namespace ScFm.Model.Display;

/// <summary>Tells .NET Interactive how to show a type; it finds this attribute by its name, so that we need no reference to it.</summary>
/// <param name="formatterSourceType">A type with a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to show the type in.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
