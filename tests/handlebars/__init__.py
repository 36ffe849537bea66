"""The template engine: its features, its errors and limits, and a comparison with handlebars.js."""
