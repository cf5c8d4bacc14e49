namespace ScFm.Model.Display;

/// <summary>Something that shows itself in a notebook as HTML and elsewhere by its <c>ToString()</c>.</summary>
/// <remarks>Hosts look for the method, not for this interface: any object with a public parameterless <c>string ToHtml()</c> is shown by it.</remarks>
public interface IHtml
{
    /// <summary>An HTML fragment that needs nothing else on the page; everything that comes from data is escaped.</summary>
    string ToHtml();
}
