namespace ScFm.Kernel.Scripting;

/// <summary>One word that may stand at the cursor.</summary>
/// <param name="Text">The word.</param>
/// <param name="Kind">What it is, in the words of front ends: method, property, class, keyword...</param>
internal sealed record CompletionItem(string Text, string Kind);
