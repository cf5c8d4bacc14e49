namespace ScFm.Interactive.Hosting;

/// <summary>One thing to show, in every form that a front end may want: MIME type to text or JSON.</summary>
/// <param name="Data">MIME type to a string, or to a <see cref="System.Text.Json.Nodes.JsonNode"/> for JSON types.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, object> Data);
