using System.Text.Json.Nodes;

namespace ScFm.Interactive.Hosting;

/// <summary>Turns any value into what a front end can show.</summary>
public static class MimeFormatter
{
    /// <summary>The forms in which a value can be shown: <c>text/plain</c> always, <c>text/html</c> when it has <c>ToHtml()</c>.</summary>
    public static MimeBundle Format(object? value)
    {
        if (value is MimeBundle bundle)
        {
            return bundle;
        }

        var data = new Dictionary<string, object> { ["text/plain"] = value?.ToString() ?? "null" };
        if (value?.GetType().GetMethod("ToHtml", Type.EmptyTypes)?.Invoke(value, null) is string html)
        {
            data["text/html"] = html;
        }

        if (value is JsonNode json)
        {
            data["application/json"] = json;
        }

        return new MimeBundle(data);
    }
}
